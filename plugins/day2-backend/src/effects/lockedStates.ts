import type { Knex } from 'knex';
import { chunksOf } from '../database';

/**
 * How records stand now, by the ids they were announced as, until the
 * transaction ends.
 *
 * @remarks Whoever derives a record writes its row before he reads what was told
 * of it. So either we see what he wrote, or he sees what we had told, and has
 * told its end.
 */
export async function lockedStates(
  transaction: Knex.Transaction,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = [...new Set(recordIds)].sort();
  const locked = new Set<string>();
  for (;;) {
    const incidents = await incidentIds(transaction, ids);
    const others = incidents.filter(id => !locked.has(id));
    if (others.length === 0) {
      break;
    }
    await lock(transaction, 'incident', others);
    others.forEach(id => locked.add(id));
    // While we waited it may have become a part of another: that is locked too.
  }
  await lock(transaction, 'objective', ids);
  const states = new Map<string, string>();
  for (const chunk of chunksOf(ids)) {
    const incidents = await transaction('incident_alias')
      .join('incident', 'incident.id', 'incident_alias.incident_id')
      .whereIn('incident_alias.alias', chunk)
      .select('incident_alias.alias', 'incident.state');
    incidents.forEach(({ alias, state }) => states.set(alias, state));
    const objectives = await transaction('objective')
      .whereIn('id', chunk)
      .select('id', 'state');
    objectives.forEach(({ id, state }) => states.set(id, state));
  }
  return states;
}

async function incidentIds(
  transaction: Knex,
  aliases: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const chunk of chunksOf(aliases)) {
    const ids: string[] = await transaction('incident_alias')
      .whereIn('alias', chunk)
      .pluck('incident_id');
    ids.forEach(id => found.add(id));
  }
  return [...found].sort();
}

/** In one order by everybody. */
async function lock(
  transaction: Knex.Transaction,
  table: 'incident' | 'objective',
  ids: readonly string[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await transaction(table)
      .whereIn('id', chunk)
      .orderBy('id')
      .select('id')
      .forUpdate();
  }
}
