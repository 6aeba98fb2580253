import type { MatchableService } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';

/** Every service with what subjects are matched on; removed ones too, which keep their past. */
export async function loadMatchableServices(
  database: Knex,
): Promise<MatchableService[]> {
  const services = new Map<string, MatchableService>();
  const rows = await database('service').select(
    'id',
    'ref',
    'title',
    'annotations',
    'removed_at',
  );
  for (const row of rows) {
    services.set(row.id, {
      id: row.id,
      refs: [row.ref],
      name: row.ref.slice(row.ref.indexOf('/') + 1),
      title: row.title,
      annotations: JSON.parse(row.annotations),
      removed: row.removed_at !== null,
    });
  }
  const aliases = await database('service_alias').select('ref', 'service_id');
  for (const { ref, service_id } of aliases) {
    const service = services.get(service_id);
    if (service && !service.refs.includes(ref)) {
      service.refs.push(ref);
    }
  }
  return [...services.values()];
}
