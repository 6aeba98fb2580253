import { InputError } from '@backstage/errors';
import type { DeploymentInput } from '@day2/backstage-plugin-day2-common';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';

/** How far a caller's clock may be ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;

/**
 * A posted deployment as an observation. Who did it is the user who posts, or
 * whom a pipeline names: nobody posts in another person's name.
 *
 * @throws InputError where its instants cannot be, or a user names somebody
 */
export function observationFromInput(options: {
  input: DeploymentInput;
  /** Entity ref of the service as the catalog has it. */
  service: string;
  /** Unique for ever among posted observations. */
  key: string;
  /** Entity ref of the user who posts; absent where a service does. */
  userRef?: string;
  /** Epoch milliseconds. */
  now: number;
}): DeploymentObservation {
  const { input, service, now, userRef } = options;
  if (userRef !== undefined && input.actor) {
    throw new InputError(
      'body.actor: leave it out, you are recorded as who did it; only a service token, as a pipeline has, may name somebody',
    );
  }
  const finishedAt = Date.parse(input.finishedAt);
  const startedAt = input.startedAt ? Date.parse(input.startedAt) : undefined;
  requirePast({ field: 'body.finishedAt', at: finishedAt, now });
  if (startedAt !== undefined && startedAt > finishedAt) {
    throw new InputError('body.startedAt: is after finishedAt');
  }
  return {
    kind: 'deployment',
    key: options.key,
    version: 1,
    subject: { key: service, kind: 'service', traits: { entityRef: service } },
    environment: input.environment,
    target: input.target,
    versionName: input.version,
    image: input.image === undefined ? undefined : parseImage(input.image),
    startedAt,
    finishedAt,
    basis: 'event',
    rollout: input.rollout,
    applicationRevision: input.revision && {
      repository: input.revision.repository,
      sha: input.revision.sha.toLowerCase(),
      found: 'posted with the deployment',
    },
    actor: userRef === undefined ? namedActor(input.actor) : userActor(userRef),
    title: input.title,
    url: input.url,
    marks: input.unplanned && [input.unplanned.as],
    mends: input.unplanned?.of,
  };
}

/** A signed-in user as the person who did it. */
export function userActor(
  userRef: string,
): NonNullable<DeploymentObservation['actor']> {
  return { namespace: 'user', key: userRef.toLowerCase() };
}

function namedActor(
  actor: DeploymentInput['actor'],
): DeploymentObservation['actor'] {
  return actor?.email
    ? { namespace: 'email', key: actor.email.toLowerCase(), name: actor.name }
    : undefined;
}

/** @throws InputError where an instant is further ahead than clocks differ */
export function requirePast(options: {
  field: string;
  at: number;
  now: number;
}): void {
  if (options.at > options.now + MAX_AHEAD_MS) {
    throw new InputError(
      `${options.field}: is more than 5 minutes in the future; record a deployment when it has finished, and check the clock and the time zone of the sender`,
    );
  }
}

/** `registry:5000/team/app:1.2@sha256:…` in its parts. */
export function parseImage(
  image: string,
): NonNullable<DeploymentObservation['image']> {
  const [named, digest] = image.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  return {
    repository: hasTag ? named.slice(0, colon) : named,
    tag: hasTag ? named.slice(colon + 1) : undefined,
    digest,
  };
}
