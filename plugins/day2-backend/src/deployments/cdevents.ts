import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  DeploymentInput,
  PageUrl,
  UnplannedInput,
  type CdEventInput,
} from '@day2/backstage-plugin-day2-common';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import { z } from 'zod';
import { hashOf } from '../database';
import { parseInput } from '../http/parseInput';
import { requirePast } from './observationFromInput';

const EventType =
  /^dev\.cdevents\.service\.(?<predicate>deployed|upgraded|rolledback)(\.\d+\.\d+\.\d+(-[\w.]+)?)?$/;

const Word = z
  .string()
  .regex(/^\P{Cc}*$/u, 'holds a control character, which no name has');

/** The parts of a CDEvent of a service that are read; the rest may be anything. */
const ServiceEvent = z.object({
  context: z.object({ timestamp: z.iso.datetime({ offset: true }).optional() }),
  subject: z.object({
    id: Word.min(1).max(500),
    content: z.object({
      environment: z.object({
        id: Word.min(1).max(100),
        name: Word.min(1).max(100).optional(),
      }),
      artifactId: Word.max(1000).startsWith(
        'pkg:',
        'must be a package URL such as pkg:oci/app@1.2.3',
      ),
    }),
  }),
  // Anything is allowed there; of an object, what we read must be right.
  customData: z.preprocess(
    value => (isObject(value) ? value : undefined),
    z
      .object({
        service: Word.max(500).optional(),
        target: Word.min(1).max(200).optional(),
        version: Word.min(1).max(300).optional(),
        url: PageUrl.optional(),
        unplanned: UnplannedInput.optional(),
      })
      .optional(),
  ),
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A CDEvent, read. */
export interface ServiceDeployedEvent {
  /** Entity refs it may mean, the likeliest first. */
  serviceRefs: string[];
  /** From `source` and `id`, which together name an event for ever. */
  idempotencyKey: string;
  /** The observation, once the service is known. */
  observation(service: string, key: string): DeploymentObservation;
}

/**
 * Reads a CDEvent of a service in a CloudEvent in structured mode.
 *
 * @throws InputError where it is of another type or lacks what a deployment needs
 */
export function parseServiceEvent(options: {
  event: CdEventInput;
  /** Kinds of entities that are services, for events that give but a name. */
  kinds: string[];
  /** Epoch milliseconds. */
  now: number;
}): ServiceDeployedEvent {
  const { event, now } = options;
  const predicate = EventType.exec(event.type)?.groups?.predicate;
  if (!predicate) {
    throw new InputError(
      'body.type: is not taken; taken are dev.cdevents.service.deployed, dev.cdevents.service.upgraded and dev.cdevents.service.rolledback, of any version',
    );
  }
  const data = parseInput({
    schema: ServiceEvent,
    value: event.data,
    part: 'body.data',
  });
  const time = data.context.timestamp ?? event.time;
  if (!time) {
    throw new InputError(
      'body.data.context.timestamp: missing; it is when the deployment finished',
    );
  }
  const finishedAt = Date.parse(time);
  requirePast({ field: 'body.data.context.timestamp', at: finishedAt, now });
  const artifact = parsePurl(data.subject.content.artifactId);
  const version = data.customData?.version ?? artifact.version;
  if (!version) {
    throw new InputError(
      'body.data.subject.content.artifactId: has no version; write it as pkg:oci/app@1.2.3, or put it into customData.version',
    );
  }
  const unplanned = data.customData?.unplanned;
  if (unplanned?.of === version) {
    throw new InputError(
      'body.data.customData.unplanned.of: is the version deployed itself; name the one that failed, or leave it out',
    );
  }
  const marks = [
    ...new Set([
      ...(predicate === 'rolledback' ? ['rollback' as const] : []),
      ...(unplanned ? [unplanned.as] : []),
    ]),
  ];
  const name = `${event.source}#${event.id}`;
  return {
    serviceRefs: serviceRefs(
      data.customData?.service ?? data.subject.id,
      options.kinds,
    ),
    idempotencyKey:
      name.length <= 200 ? name : hashOf([event.source, event.id]),
    observation: (service, key) => ({
      kind: 'deployment',
      key,
      version: 1,
      subject: {
        key: service,
        kind: 'service',
        traits: { entityRef: service },
      },
      environment:
        data.subject.content.environment.name ??
        data.subject.content.environment.id,
      target: data.customData?.target,
      versionName: version,
      image: artifact.image,
      finishedAt,
      basis: 'event',
      rollout: 'succeeded',
      url: data.customData?.url,
      marks: marks.length > 0 ? marks : undefined,
      mends: unplanned?.of,
    }),
  };
}

/** An entity ref as it is; of a path such as `service/myapp` the last part as a name. */
function serviceRefs(word: string, kinds: string[]): string[] {
  if (DeploymentInput.shape.service.safeParse(word).success) {
    return [stringifyEntityRef(parseEntityRef(word))];
  }
  const name = word.split('/').at(-1)?.trim() ?? '';
  if (!/^[\w.-]{1,63}$/.test(name)) {
    throw new InputError(
      'body.data.subject.id: neither an entity ref nor ends in a name; put the entity ref into customData.service',
    );
  }
  return kinds.map(kind =>
    stringifyEntityRef({ kind, namespace: 'default', name }),
  );
}

/** The version and image of a package URL (https://github.com/package-url/purl-spec). */
function parsePurl(purl: string): {
  version?: string;
  image?: DeploymentObservation['image'];
} {
  const [withVersion, qualifierText = ''] = purl.split('#')[0].split('?');
  const qualifiers = new URLSearchParams(qualifierText);
  const at = withVersion.lastIndexOf('@');
  const raw = at > 0 ? decode(withVersion.slice(at + 1)) : undefined;
  const path = at > 0 ? withVersion.slice(0, at) : withVersion;
  const tag = qualifiers.get('tag') ?? undefined;
  if (!/^pkg:(oci|docker)\//.test(path)) {
    return { version: tag ?? raw };
  }
  const digest = raw?.startsWith('sha256:') ? raw : undefined;
  return {
    version: tag ?? raw,
    image: {
      repository:
        qualifiers.get('repository_url') ??
        decode(path.slice(path.indexOf('/') + 1)),
      tag: tag ?? (digest ? undefined : raw),
      digest,
    },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
