import {
  measuredOf,
  type SlotSeries,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { activeLinks } from '../subjects/activeLinks';
import { excludedOf } from './excludedOf';

/** What an objective is measured by. */
export interface ServiceSeries {
  id: string;
  /** The objective's planned downtime. */
  excluded: TimeRange[];
}

/** The series of the objectives of services, by service, in the order of their ids. */
export async function seriesOfServices(
  database: Knex,
  serviceIds: string[],
): Promise<Map<string, ServiceSeries[]>> {
  const found = new Map<string, Map<string, ServiceSeries>>();
  for (const chunk of chunksOf([...new Set(serviceIds)])) {
    const rows: { service_id: string; series_id: string; record: string }[] =
      await activeLinks(database)
        .join('objective', 'objective.subject_id', 'link.subject_id')
        .whereIn('link.service_id', chunk)
        .whereNotNull('objective.series_id')
        .select('link.service_id', 'objective.series_id', 'objective.record')
        .orderBy(['link.service_id', 'objective.series_id', 'objective.id']);
    for (const { service_id, series_id, record } of rows) {
      const excluded = excludedOf(record);
      const own = found.get(service_id) ?? new Map<string, ServiceSeries>();
      found.set(service_id, own);
      // Two targets of one SLO are one; two SLOs may differ in what is planned.
      own.set(JSON.stringify([series_id, excluded]), {
        id: series_id,
        excluded,
      });
    }
  }
  return new Map([...found].map(([id, own]) => [id, [...own.values()]]));
}

/** Slots without those of planned downtime: nothing is known of them. */
export function unplannedSlots(
  slots: SlotSeries,
  { excluded }: ServiceSeries,
): SlotSeries {
  const budgeting = { method: 'occurrences' as const };
  return measuredOf({ slots, budgeting, excluded }).slots;
}
