import type { SuspectDecision } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { incidentIdOf } from '../incidents/incidentRows';

/** JSON of `incident_said.body` of a word on a suspect. */
export type SuspectBody = Pick<SuspectDecision, 'candidateId' | 'verdict'>;

/**
 * What people said of the suspects of incidents and did not take back, by the
 * incident that holds the reference they spoke of. A deployment that has another
 * id by now is meant by the one that it had.
 */
export async function suspectDecisions(
  transaction: Knex,
  incidentIds: readonly string[],
): Promise<Map<string, SuspectDecision[]>> {
  const found = new Map<string, SuspectDecision[]>();
  for (const chunk of chunksOf(incidentIds)) {
    const rows: Record<string, any>[] = await transaction('incident_reference')
      .join(
        'incident_said_reference',
        'incident_said_reference.reference_id',
        'incident_reference.reference_id',
      )
      .join(
        'incident_said',
        'incident_said.id',
        'incident_said_reference.said_id',
      )
      .whereIn('incident_reference.incident_id', chunk)
      .where('incident_said.kind', 'suspect')
      .whereNull('incident_said.taken_back_at')
      .orderBy(['incident_said.at', 'incident_said.id'])
      .select(
        'incident_reference.incident_id',
        'incident_reference.reference_id',
        'incident_said.incident_ref',
        'incident_said.body',
        'incident_said.person_id',
        'incident_said.at',
        'incident_said.why',
      );
    for (const row of rows) {
      if (incidentIdOf(JSON.parse(row.incident_ref)) !== row.reference_id) {
        continue;
      }
      const { candidateId, verdict } = JSON.parse(row.body) as SuspectBody;
      const known = found.get(row.incident_id) ?? [];
      found.set(row.incident_id, known);
      known.push({
        candidateId,
        verdict,
        by: row.person_id,
        at: toNumber(row.at),
        ...(row.why === null ? {} : { why: row.why }),
      });
    }
  }
  await followAliases(transaction, [...found.values()].flat());
  return found;
}

async function followAliases(
  transaction: Knex,
  decisions: SuspectDecision[],
): Promise<void> {
  for (const chunk of chunksOf(decisions)) {
    const rows = await transaction('record_alias')
      .whereIn(
        'alias',
        chunk.map(({ candidateId }) => candidateId),
      )
      .select('alias', 'record_id');
    const heirs = new Map(rows.map(row => [row.alias, row.record_id]));
    for (const each of chunk) {
      each.candidateId = heirs.get(each.candidateId) ?? each.candidateId;
    }
  }
}
