import type {
  GroupingDecision,
  IncidentOverride,
  IncidentReference,
  Said,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { incidentIdOf, type IncidentSaidRow } from './incidentRows';

/** What people said, as it counts. */
export interface CountingWords {
  decisions: GroupingDecision[];
  overrides: IncidentOverride[];
}

/** JSON of `incident_said.body` of an override: an instant in epoch milliseconds. */
export type OverrideBody = Pick<IncidentOverride, 'field'> & {
  value?: IncidentOverride['value'];
};

/** JSON of `incident_said.body` of a grouping. */
export type GroupingBody = Pick<GroupingDecision, 'kind' | 'left' | 'right'>;

/** What people said of incidents. */
export const saidStore = {
  /** Words on references, those taken back too; oldest first. */
  async of(
    database: Knex,
    referenceIds: Iterable<string>,
  ): Promise<IncidentSaidRow[]> {
    const rows = new Map<string, IncidentSaidRow>();
    for (const chunk of chunksOf([...new Set(referenceIds)])) {
      const found: IncidentSaidRow[] = await database('incident_said')
        .whereIn('id', aboutAny(database, chunk))
        .select('*');
      for (const row of found) {
        rows.set(row.id, { ...row, at: toNumber(row.at) });
      }
    }
    return [...rows.values()].sort(byAge);
  },

  /**
   * Those that count: not taken back, and of each field of an incident the
   * latest; oldest first.
   *
   * @param options - `kind`: of these alone
   */
  async counting(
    database: Knex,
    referenceIds: Iterable<string>,
    options: { kind?: IncidentSaidRow['kind'] } = {},
  ): Promise<IncidentSaidRow[]> {
    const rows = new Map<string, IncidentSaidRow>();
    for (const chunk of chunksOf([...new Set(referenceIds)])) {
      const query = database('incident_said as said')
        .whereIn('said.id', aboutAny(database, chunk))
        .whereNull('said.taken_back_at')
        .whereNotExists(
          database('incident_said as later')
            .select(database.raw('1'))
            .whereRaw('later.field_id = said.field_id')
            .whereNull('later.taken_back_at')
            .whereRaw('(later.at, later.id) > (said.at, said.id)'),
        )
        .select('said.*');
      if (options.kind) {
        query.where('said.kind', options.kind);
      }
      for (const row of (await query) as IncidentSaidRow[]) {
        rows.set(row.id, { ...row, at: toNumber(row.at) });
      }
    }
    return [...rows.values()].sort(byAge);
  },

  /** The newest of all words, newest first, and how many there are. */
  async newest(
    database: Knex,
    referenceIds: Iterable<string>,
    options: { limit: number },
  ): Promise<{ rows: IncidentSaidRow[]; total: number }> {
    const ids = new Set<string>();
    for (const chunk of chunksOf([...new Set(referenceIds)])) {
      const found: string[] = await aboutAny(database, chunk)
        .distinct()
        .pluck('said_id');
      found.forEach(id => ids.add(id));
    }
    const rows: IncidentSaidRow[] = [];
    for (const chunk of chunksOf([...ids])) {
      const found: IncidentSaidRow[] = await database('incident_said')
        .whereIn('id', chunk)
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(options.limit)
        .select('*');
      rows.push(...found.map(row => ({ ...row, at: toNumber(row.at) })));
    }
    return {
      rows: rows.sort((a, b) => byAge(b, a)).slice(0, options.limit),
      total: ids.size,
    };
  },

  /** When the newest was said; epoch milliseconds. */
  async newestAt(
    database: Knex,
    referenceIds: Iterable<string>,
  ): Promise<number> {
    const { rows } = await saidStore.newest(database, referenceIds, {
      limit: 1,
    });
    return rows[0]?.at ?? 0;
  },

  /** How much a person said after an instant; epoch milliseconds. */
  async countOf(
    database: Knex,
    options: { personId: string; after: number },
  ): Promise<number> {
    const [{ n }]: Record<string, any>[] = await database('incident_said')
      .where('person_id', options.personId)
      .where('at', '>', options.after)
      .count({ n: '*' });
    return Number(n);
  },

  /** What a word is about. */
  async about(database: Knex, saidId: string): Promise<IncidentReference[]> {
    return await database('incident_said_reference')
      .where('said_id', saidId)
      .orderBy(['source', 'key'])
      .select('source', 'key');
  },

  /** Ids of the incidents that now hold what a grouping is about; of others none. */
  async grouped(database: Knex, saidId: string): Promise<string[]> {
    return await database('incident_said_reference as about')
      .join('incident_said as said', 'said.id', 'about.said_id')
      .join(
        'incident_reference as held',
        'held.reference_id',
        'about.reference_id',
      )
      .where({ 'about.said_id': saidId, 'said.kind': 'grouping' })
      .distinct()
      .orderBy('held.incident_id')
      .pluck('held.incident_id');
  },

  async add(
    transaction: Knex,
    row: IncidentSaidRow,
    about: readonly IncidentReference[],
  ): Promise<void> {
    await transaction('incident_said').insert(row);
    const references = new Map(about.map(each => [incidentIdOf(each), each]));
    for (const chunk of chunksOf([...references])) {
      await transaction('incident_said_reference').insert(
        chunk.map(([reference_id, { source, key }]) => ({
          said_id: row.id,
          reference_id,
          source,
          key,
        })),
      );
    }
  },
};

function aboutAny(database: Knex, referenceIds: string[]): Knex.QueryBuilder {
  return database('incident_said_reference')
    .whereIn('reference_id', referenceIds)
    .select('said_id');
}

function byAge(a: IncidentSaidRow, b: IncidentSaidRow): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** Those that are not taken back, as incidents are derived with them. */
export function countingWords(rows: readonly IncidentSaidRow[]): CountingWords {
  const words: CountingWords = { decisions: [], overrides: [] };
  for (const row of rows) {
    if (row.taken_back_at !== null) {
      continue;
    }
    const said: Said = {
      by: row.person_id,
      at: row.at,
      ...(row.why === null ? {} : { why: row.why }),
    };
    if (row.kind === 'grouping') {
      words.decisions.push({
        ...(JSON.parse(row.body) as GroupingBody),
        ...said,
      });
    } else if (row.kind === 'override') {
      words.overrides.push({
        ...(JSON.parse(row.body) as OverrideBody),
        ...said,
        reference: JSON.parse(row.incident_ref),
      } as IncidentOverride);
    }
  }
  return words;
}
