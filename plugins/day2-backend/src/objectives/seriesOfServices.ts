import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { activeLinks } from '../subjects/activeLinks';

/** The series of the objectives of services, by service. */
export async function seriesOfServices(
  database: Knex,
  serviceIds: string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const chunk of chunksOf([...new Set(serviceIds)])) {
    const rows: { service_id: string; series_id: string }[] = await activeLinks(
      database,
    )
      .join('objective', 'objective.subject_id', 'link.subject_id')
      .whereIn('link.service_id', chunk)
      .whereNotNull('objective.series_id')
      .distinct('link.service_id', 'objective.series_id')
      .orderBy(['link.service_id', 'objective.series_id']);
    for (const { service_id, series_id } of rows) {
      found.set(service_id, [...(found.get(service_id) ?? []), series_id]);
    }
  }
  return found;
}
