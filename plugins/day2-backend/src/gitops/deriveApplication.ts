import {
  severityOf,
  syncStateOf,
  type EnvironmentRule,
  type OriginFacts,
} from '@day2/backstage-plugin-day2-common';
import type { ApplicationOrigin } from '@day2/backstage-plugin-day2-node';
import { canonicalJson, deterministicId, hashOf } from '../database';
import { environmentOf } from '../ingest/observationNames';
import type { ApplicationPayload } from '../ingest/payloads';
import type { ApplicationRecord, ApplicationRow } from './applicationRecord';
import type { LookedUp, WantedRevision } from './RevisionLookup';

const FIRST_LOOK_MS = 30_000;
const LAST_LOOK_MS = 86_400_000;
const MAX_REPOSITORY = 255;
const gitSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What a source said last of an application. */
export interface ObservedApplication {
  source: string;
  key: string;
  subjectId: string;
  payload: ApplicationPayload;
}

/** The revisions that its state is told by. */
export function revisionsOf(payload: ApplicationPayload): WantedRevision[] {
  return payload.origins.flatMap(origin =>
    [origin.desiredRevision, origin.syncedRevision].flatMap(sha => {
      const wanted = sha && wantedOf(origin, sha);
      return wanted ? [wanted] : [];
    }),
  );
}

/** The state of an application, by what it is made of at its revisions. */
export function deriveApplication(options: {
  observed: ObservedApplication;
  lookedUp: LookedUp;
  /** Whether a Git source reads a repository. */
  isMirrored: (repository: string) => boolean;
  /** Revisions of its deployments that no mirror had. */
  lackingDeployments: string[];
  before?: ApplicationRecord['lacking'];
  environments: EnvironmentRule[];
  now: number;
}): ApplicationRow {
  const { observed, lookedUp, now } = options;
  const { source, key, subjectId, payload } = observed;
  const facts = payload.origins.map(origin => factsOf(origin, options));
  const derived = syncStateOf({ ...payload, origins: facts });
  const lacking = lackingOf({
    shas: [
      ...(derived.lacking
        ? facts.flatMap(each => (each.mirrored ? missing(each) : []))
        : []),
      ...options.lackingDeployments,
    ],
    before: options.before,
    now,
  });
  const record: ApplicationRecord = {
    project: payload.project,
    syncReasons: derived.reasons,
    healthMessage: payload.healthMessage,
    automated: payload.automated,
    selfHeal: payload.selfHeal,
    origins: payload.origins.map((origin, at) => ({
      repository: origin.repository,
      path: origin.path,
      chart: origin.chart,
      targetRevision: origin.targetRevision,
      desiredRevision: origin.desiredRevision,
      desiredUrl: urlOf(lookedUp, origin, origin.desiredRevision),
      syncedRevision: origin.syncedRevision,
      syncedUrl: urlOf(lookedUp, origin, origin.syncedRevision),
      mirrored: facts[at].mirrored,
    })),
    operation: payload.operation,
    conditions: payload.conditions,
    resources: payload.resources,
    resourceCount: payload.resourceCount,
    images: payload.images,
    url: payload.url,
    lacking,
  };
  const content = {
    id: deterministicId('application', source, key),
    source,
    key,
    subject_id: subjectId,
    name: payload.name.slice(0, 500),
    environment:
      environmentOf(payload.environment, options.environments) ?? null,
    target: payload.target ?? null,
    sync: derived.sync,
    health: payload.health,
    failing: derived.failing,
    prune_only: derived.pruneOnly,
    severity: severityOf({ ...derived, health: payload.health }),
    synced_at: payload.syncedAt ?? null,
    compared_at: payload.comparedAt ?? null,
    record: canonicalJson(record),
  };
  return {
    ...content,
    look_again_at: lacking ? now + waitOf(lacking.since, now) : null,
    hash: hashOf(content),
  };
}

function factsOf(
  origin: ApplicationOrigin,
  options: {
    lookedUp: LookedUp;
    isMirrored: (repository: string) => boolean;
  },
): OriginFacts {
  const print = (sha: string | undefined) => {
    const wanted = sha && wantedOf(origin, sha);
    return wanted ? options.lookedUp.fingerprint(wanted) : undefined;
  };
  const desired = print(origin.desiredRevision);
  const synced = print(origin.syncedRevision);
  return {
    ...origin,
    mirrored: !origin.chart && options.isMirrored(origin.repository),
    desiredFingerprint: desired?.hash,
    syncedFingerprint: synced?.hash,
    unfollowed: origin.plugin
      ? 'whatever its plugin reads'
      : desired?.unfollowed ?? synced?.unfollowed,
  };
}

function missing(origin: OriginFacts): string[] {
  return [
    ...(origin.desiredFingerprint === undefined
      ? origin.desiredRevision ?? []
      : []),
    ...(origin.syncedFingerprint === undefined
      ? origin.syncedRevision ?? []
      : []),
  ].flat();
}

/** What of a repository an application is made of, at a revision. */
function wantedOf(
  origin: ApplicationOrigin,
  sha: string,
): WantedRevision | undefined {
  const { repository, chart, path, paths = [], narrowed } = origin;
  if (chart || !gitSha.test(sha) || repository.length > MAX_REPOSITORY) {
    return undefined;
  }
  // A source that others take files from has no path of its own.
  const all = narrowed || path === undefined ? paths : [path, ...paths];
  return {
    repository,
    sha,
    paths: [...new Set(all.map(each => (each === '.' ? '' : each)))].sort(),
  };
}

function urlOf(
  lookedUp: LookedUp,
  { repository }: ApplicationOrigin,
  sha: string | undefined,
): string | undefined {
  return sha === undefined
    ? undefined
    : lookedUp.revision(repository, sha)?.url;
}

function lackingOf(options: {
  shas: string[];
  before: ApplicationRecord['lacking'];
  now: number;
}): ApplicationRecord['lacking'] {
  const { shas, before, now } = options;
  if (shas.length === 0) {
    return undefined;
  }
  const key = hashOf([...new Set(shas)].sort()).slice(0, 16);
  return before?.key === key ? before : { key, since: now };
}

/** Twice as long each time: what does not come soon may never come. */
function waitOf(since: number, now: number): number {
  return Math.min(Math.max(now - since, FIRST_LOOK_MS), LAST_LOOK_MS);
}
