import type { TimeRange } from '@day2/backstage-plugin-day2-common';
import type { ObjectiveDefinition } from './objectiveRecord';

/** Planned downtime of an objective, of `objective.record`; none where it has none. */
export function excludedOf(record: string): TimeRange[] {
  // Most have none, and records are many.
  if (!record.includes('"excluded"')) {
    return [];
  }
  const { objective }: ObjectiveDefinition = JSON.parse(record);
  return objective?.excluded ?? [];
}
