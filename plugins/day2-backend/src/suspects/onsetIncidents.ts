import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { Range } from '../http/range';
import { activeLinks } from '../subjects/activeLinks';

const HOUR_MS = 3_600_000;
/** Trouble is noticed so long after it started. */
const NOTICED_MS = 6 * HOUR_MS;
/** The usual share is that of the day before, and of an hour more. */
const BEFORE_MS = DAY_MS + HOUR_MS;

interface IncidentTimes {
  subject_id: string;
  id: string;
  started_at: string | number;
  ended_at: string | number | null;
}

/**
 * Ids of the incidents that hit services, or have suspects of services, about
 * which something was measured otherwise in the day before them or when they were
 * noticed: since when errors rose is told by it.
 *
 * @param bySubject - what changed, by the subject of the objectives
 */
export async function onsetIncidents(
  transaction: Knex.Transaction,
  bySubject: ReadonlyMap<string, readonly Range[]>,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf([...bySubject])) {
    const ranges = chunk.flatMap(([, changed]) => changed);
    const reach: [number, number] = [
      Math.min(...ranges.map(({ from }) => from)) - NOTICED_MS,
      Math.max(...ranges.map(({ to }) => to)) + BEFORE_MS,
    ];
    const linked = () =>
      activeLinks(transaction)
        .whereIn(
          'link.subject_id',
          chunk.map(([subjectId]) => subjectId),
        )
        .distinct(
          'link.subject_id',
          'incident.id',
          'incident.started_at',
          'incident.ended_at',
        );
    const hit: IncidentTimes[] = await linked()
      .join(
        'incident_service',
        'incident_service.service_id',
        'link.service_id',
      )
      .join('incident', 'incident.id', 'incident_service.incident_id')
      .whereBetween('incident_service.started_at', reach);
    const suspected: IncidentTimes[] = await linked()
      .join('suspect', 'suspect.service_id', 'link.service_id')
      .join('incident', 'incident.id', 'suspect.incident_id')
      .where('suspect.role', 'cause')
      .whereBetween('suspect.at', [reach[0] - DAY_MS, reach[1]])
      .whereBetween('incident.started_at', reach);
    for (const row of [...hit, ...suspected]) {
      const startedAt = toNumber(row.started_at);
      const to = Math.min(
        toNumber(row.ended_at) ?? Infinity,
        startedAt + NOTICED_MS + 2 * SLOT_MS,
      );
      const changed = bySubject.get(row.subject_id) ?? [];
      if (
        changed.some(each => each.from < to && each.to > startedAt - BEFORE_MS)
      ) {
        found.add(row.id);
      }
    }
  }
  return found;
}
