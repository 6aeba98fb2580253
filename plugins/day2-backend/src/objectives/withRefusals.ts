import type { Knex } from 'knex';
import { toNumber } from '../database';
import { whereInList } from '../permissions/whereService';
import type { ObjectiveNow } from './objectiveNow';

/**
 * Adds to objectives that are unknown, though their source is well, what the
 * source said of their queries last. One query, where there is such.
 */
export async function withRefusals(
  database: Knex,
  objectives: ObjectiveNow[],
): Promise<ObjectiveNow[]> {
  const asked = objectives.filter(
    ({ state, measurer }) =>
      state === 'unknown' && measurer && !measurer.source.error,
  );
  if (asked.length === 0) {
    return objectives;
  }
  // Of several that count the same, the source was asked for one.
  const query = database('quarantine')
    .join('objective', join =>
      join
        .on('objective.id', 'quarantine.key')
        .on('objective.measured_by', 'quarantine.source'),
    )
    .orderBy('quarantine.at')
    .select('objective.series_id', 'quarantine.reason', 'quarantine.at');
  whereInList(query, {
    column: 'objective.series_id',
    values: asked.flatMap(({ row }) => row.series_id ?? []),
  });
  const found = new Map<string, { reason: string; at: number }>();
  for (const { series_id, reason, at } of await query) {
    found.set(series_id, { reason, at: toNumber(at) });
  }
  return objectives.map(each => {
    const refused = asked.includes(each)
      ? found.get(each.row.series_id ?? '')
      : undefined;
    // What it could answer since is over.
    const since = each.isStale ? each.knownTo : each.kept?.lastSlotEnd;
    return refused && refused.at >= (since ?? 0) ? { ...each, refused } : each;
  });
}
