import type {
  ApplicationState,
  Person,
} from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import { iso } from '../http/range';
import type { ApplicationRecord, ApplicationRow } from './applicationRecord';
import type { Observer } from './Observers';

/** A row with what tells whether it is still observed. */
export interface SeenApplicationRow extends ApplicationRow {
  unseen_since: string | number | null;
  unseen_reason: string | null;
}

const words: Record<ApplicationState['sync'], string> = {
  synced: 'synced',
  pending: 'pending',
  drifted: 'drifted',
  'out-of-sync': 'out of sync',
  unknown: 'unknown',
};

/** Why an application's word is not of now; undefined where it is. */
export function whyUnobserved(
  row: Pick<SeenApplicationRow, 'unseen_since' | 'unseen_reason'>,
  observer: Observer,
): { text: string; since?: number } | undefined {
  if (observer.stale !== undefined) {
    return { text: observer.stale, since: observer.asOf };
  }
  const since = toNumber(row.unseen_since);
  return since === undefined
    ? undefined
    : { text: `${observer.title}: ${row.unseen_reason}`, since };
}

/** An application as the API shows it. What is not observed is unknown, never what it was. */
export function applicationFromRow(options: {
  row: SeenApplicationRow;
  observer: Observer;
  serviceRefs: string[];
  person: (id: string) => Person;
}): ApplicationState {
  const { row, observer } = options;
  const record = JSON.parse(row.record) as ApplicationRecord;
  const unobserved = whyUnobserved(row, observer);
  const asOf = unobserved ? unobserved.since : observer.asOf;
  return {
    id: row.id,
    name: row.name,
    project: record.project,
    serviceRefs: options.serviceRefs,
    environment: row.environment ?? undefined,
    target: row.target ?? undefined,
    ...(unobserved
      ? {
          sync: 'unknown' as const,
          health: 'unknown' as const,
          failing: false,
          pruneOnly: false,
          syncReasons: [
            { code: 'not-observed', text: unobserved.text },
            {
              code: 'last-observed',
              text: `When it was read last it was ${words[row.sync]}${
                row.failing ? ', its last operation failed' : ''
              }, and its health ${row.health}`,
            },
          ],
        }
      : {
          sync: row.sync,
          health: row.health,
          failing: Boolean(row.failing),
          pruneOnly: Boolean(row.prune_only),
          syncReasons: record.syncReasons,
        }),
    healthMessage: record.healthMessage,
    automated: record.automated,
    selfHeal: record.selfHeal,
    origins: record.origins,
    operation:
      record.operation && operationOf(record.operation, options.person),
    conditions: record.conditions.map(({ at, ...condition }) => ({
      ...condition,
      at: instant(at),
    })),
    resources: record.resources,
    resourceCount: record.resourceCount,
    images: record.images,
    syncedAt: instant(row.synced_at),
    comparedAt: instant(row.compared_at),
    asOf: instant(asOf),
    stale: unobserved !== undefined,
    source: { id: observer.id, title: observer.title },
    url: record.url,
  };
}

function operationOf(
  operation: NonNullable<ApplicationRecord['operation']>,
  person: (id: string) => Person,
): ApplicationState['operation'] {
  const { actorId, startedAt, finishedAt, ...rest } = operation;
  return {
    ...rest,
    startedAt: instant(startedAt),
    finishedAt: instant(finishedAt),
    actor: actorId === undefined ? undefined : person(actorId),
  };
}

function instant(at: string | number | null | undefined): string | undefined {
  const millis = toNumber(at);
  return millis === undefined ? undefined : iso(millis);
}
