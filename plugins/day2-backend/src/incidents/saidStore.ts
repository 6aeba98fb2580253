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
        .whereIn(
          'id',
          database('incident_said_reference')
            .whereIn('reference_id', chunk)
            .select('said_id'),
        )
        .select('*');
      for (const row of found) {
        rows.set(row.id, { ...row, at: toNumber(row.at) });
      }
    }
    return [...rows.values()].sort(
      (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
    );
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
