import type { Knex } from 'knex';
import { toNumber, type ChangeRecord, type ChangeRow } from '../database';
import { whereInList } from '../permissions/whereService';
import type { JudgedIncident } from './judgedIncident';
import { uniteQueries } from './uniteQueries';

/** Of more than so many before, after, and that revert: those nearest its start. */
const MAX_ROWS = 300;

/** Those that take effect by themselves: code and versions do so by a deployment. */
export const BY_THEMSELVES: ChangeRow['kind'][] = ['configuration', 'event'];

/** A change as suspects are made of. */
export interface SuspectChange {
  id: string;
  kind: ChangeRow['kind'];
  /** Of its services the nearest to what is hit. */
  serviceId: string;
  /** Absent where it is of several, or of none in particular. */
  environment?: string;
  /** When it landed: epoch milliseconds. */
  at: number;
  title: string;
  repository?: string;
  sha?: string;
  reverts?: string;
  names: string[];
}

/**
 * The changes that may have caused incidents or mend them, by the incident's
 * id: those that take effect by themselves, and after its start those that
 * revert others.
 */
export async function changesAround(
  transaction: Knex,
  incidents: readonly JudgedIncident[],
): Promise<Map<string, SuspectChange[]>> {
  const queries = incidents.flatMap(each => {
    const { startedAt } = each.suspected;
    const within = (from: number, to: number, nearest: 'asc' | 'desc') => {
      const query = changeQuery(transaction)
        .select(
          transaction.raw('cast(? as varchar(40)) as incident_id', [each.id]),
        )
        .whereBetween('record_service.at', [from, to])
        .orderBy([
          { column: 'record_service.at', order: nearest },
          { column: 'record_service.record_id', order: nearest },
          { column: 'record_service.service_id', order: nearest },
          { column: 'record_service.environment', order: nearest },
        ])
        .limit(MAX_ROWS);
      whereInList(query, {
        column: 'record_service.service_id',
        values: [...each.hops.keys()],
      });
      return query;
    };
    return [
      within(each.from, startedAt, 'desc').whereIn(
        'change.kind',
        BY_THEMSELVES,
      ),
      within(startedAt + 1, each.to, 'asc')
        .whereIn('change.kind', BY_THEMSELVES)
        .whereNull('change.reverts'),
      // However many came between: what it takes back is the cause.
      within(startedAt + 1, each.to, 'asc').whereNotNull('change.reverts'),
    ];
  });
  const rows = await uniteQueries<Record<string, any>>(transaction, queries);
  const found = new Map<string, SuspectChange[]>();
  for (const { id, hops, suspected } of incidents) {
    const { environments } = suspected;
    const own = rows.filter(
      row =>
        row.incident_id === id &&
        (row.environment === '' ||
          environments.length === 0 ||
          environments.includes(row.environment)),
    );
    found.set(id, suspectChanges(own, hops));
  }
  return found;
}

/** What a suspect is made of, of all changes that stand: a row for each place. */
export function changeQuery(transaction: Knex): Knex.QueryBuilder {
  return transaction('record_service')
    .join('change', 'change.id', 'record_service.record_id')
    .where('change.state', 'implemented')
    .select(
      'change.id',
      'change.kind',
      'change.at',
      'change.title',
      'change.repository',
      'change.sha',
      'change.reverts',
      'change.record',
      'record_service.service_id',
      'record_service.environment',
    );
}

/** Rows of `changeQuery` as one each change, in the order of their ids. */
export function suspectChanges(
  rows: readonly Record<string, any>[],
  hops: ReadonlyMap<string, number>,
): SuspectChange[] {
  const byId = new Map<string, Record<string, any>[]>();
  for (const row of rows) {
    byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  }
  const stepsOf = (row: Record<string, any>) =>
    hops.get(row.service_id) ?? Infinity;
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, places]) => {
      const [row] = [...places].sort(
        (a, b) =>
          stepsOf(a) - stepsOf(b) || (a.service_id < b.service_id ? -1 : 1),
      );
      const record = JSON.parse(row.record) as ChangeRecord;
      const environments = new Set(
        places.map(({ environment }) => environment),
      );
      return {
        id,
        kind: row.kind,
        serviceId: row.service_id,
        ...(environments.size === 1 && row.environment !== ''
          ? { environment: row.environment }
          : {}),
        at: toNumber(row.at),
        title: row.title,
        repository: row.repository ?? undefined,
        sha: row.sha ?? undefined,
        reverts: row.reverts ?? undefined,
        names: [
          row.sha,
          record.url,
          record.pullRequest &&
            row.repository &&
            `${row.repository}#${record.pullRequest}`,
          ...record.issueKeys,
        ].filter(Boolean),
      };
    });
}
