import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import type { SuspectRow } from './suspectRows';

const ROWS_PER_INSERT = 50;

/** What writing suspects changed. */
export interface SuspectChanges {
  /** Incidents of which anything is thought otherwise than before. */
  incidentIds: string[];
  /** Sequences whose deployments are linked otherwise. */
  sequences: SequenceKey[];
  /** Services that suspects and fixes are or were of. */
  serviceIds: string[];
}

/** What is thought of the causes of incidents. */
export const suspectStore = {
  /** By incident, in the order of their ranks. */
  async load(
    database: Knex,
    incidentIds: readonly string[],
  ): Promise<Map<string, SuspectRow[]>> {
    const found = new Map<string, SuspectRow[]>();
    for (const chunk of chunksOf(incidentIds)) {
      const rows: SuspectRow[] = await database('suspect')
        .whereIn('incident_id', chunk)
        .orderBy(['incident_id', 'role', 'rank'])
        .select('*');
      for (const row of rows) {
        const known = found.get(row.incident_id) ?? [];
        found.set(row.incident_id, known);
        known.push({ ...row, at: toNumber(row.at) ?? null });
      }
    }
    return found;
  },

  /**
   * Writes what is thought of incidents in place of what was, where it differs,
   * in the caller's transaction.
   *
   * @param options - `incidentIds`: of all that were judged; of those without
   * rows nothing is left
   */
  async replace(
    transaction: Knex.Transaction,
    options: { incidentIds: readonly string[]; rows: readonly SuspectRow[] },
  ): Promise<SuspectChanges> {
    const { incidentIds } = options;
    const before = await suspectStore.load(transaction, incidentIds);
    const after = new Map<string, SuspectRow[]>();
    for (const row of options.rows) {
      after.set(row.incident_id, [...(after.get(row.incident_id) ?? []), row]);
    }
    const changed = incidentIds.filter(
      id => textOf(before.get(id)) !== textOf(after.get(id)),
    );
    for (const chunk of chunksOf(changed)) {
      await transaction('suspect').whereIn('incident_id', chunk).delete();
    }
    const rows = changed.flatMap(id => after.get(id) ?? []);
    for (const chunk of chunksOf(rows, ROWS_PER_INSERT)) {
      await transaction('suspect').insert(chunk);
    }
    const touched = changed.flatMap(id => [
      ...(before.get(id) ?? []),
      ...(after.get(id) ?? []),
    ]);
    return {
      incidentIds: changed,
      sequences: changed.flatMap(id =>
        relinked(before.get(id) ?? [], after.get(id) ?? []),
      ),
      serviceIds: [
        ...new Set(touched.flatMap(({ service_id }) => service_id ?? [])),
      ].sort(),
    };
  },
};

/** Where a deployment is linked to the incident otherwise than it was. */
function relinked(
  before: readonly SuspectRow[],
  after: readonly SuspectRow[],
): SequenceKey[] {
  const linksOf = (rows: readonly SuspectRow[]) =>
    new Map(
      rows
        .filter(({ kind, link }) => kind === 'deployment' && link !== null)
        .map(row => [
          JSON.stringify([
            row.role,
            row.candidate_id,
            row.service_id,
            row.environment,
            row.link,
          ]),
          row,
        ]),
    );
  const [old, now] = [linksOf(before), linksOf(after)];
  return [...old, ...now]
    .filter(([name]) => old.has(name) !== now.has(name))
    .map(([, { service_id, environment }]) => ({
      serviceId: service_id as string,
      environment,
    }));
}

function textOf(rows: readonly SuspectRow[] = []): string {
  return JSON.stringify(
    rows
      .map(row => [
        row.role,
        row.rank,
        row.candidate_id,
        row.kind,
        row.service_id,
        row.environment,
        row.at,
        row.state,
        row.score,
        row.probability,
        row.link,
        row.record,
      ])
      .map(each => JSON.stringify(each))
      .sort(),
  );
}
