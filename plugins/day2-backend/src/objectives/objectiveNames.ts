import type { ObjectiveIndicator } from '@day2/backstage-plugin-day2-common';
import { deterministicId, hashOf } from '../database';

/** The same id for the same objective of a file, on every replica. */
export function objectiveIdOf(source: string, key: string): string {
  return deterministicId('objective', source, key);
}

/** Of what is counted, whatever it is called. */
export function indicatorIdOf(indicator: ObjectiveIndicator): string {
  const { counts, counter, events, total } = indicator;
  return hashOf({
    counts,
    counter,
    events: events.query,
    total: total.query,
  }).slice(0, 32);
}

/** Objectives of one indicator that one source measures have their slots in common. */
export function seriesIdOf(source: string, indicatorId: string): string {
  return deterministicId('objective-series', source, indicatorId);
}
