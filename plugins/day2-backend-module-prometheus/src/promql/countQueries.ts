import type { ObjectiveIndicator } from '@day2/backstage-plugin-day2-common';
import type { CountUnit } from './countedRange';
import { KnownQueries } from './KnownQueries';

/** What is asked for the events and for the total, or why it cannot be. */
export type CountQueries =
  | { events: string; total: string; unit?: CountUnit }
  | { problem: string };

/**
 * The two queries of an indicator as they are asked: both count the events of a
 * slot in the same unit, or their share would mean nothing.
 */
export function countQueries(
  indicator: ObjectiveIndicator,
  queries = KnownQueries.create(),
): CountQueries {
  const { counter, counts } = indicator;
  // As other tools for these files have it.
  const [events, total] = [indicator.events, indicator.total].map(({ query }) =>
    query.replace(/\{\{\s*\.window\s*\}\}/g, '5m'),
  );
  if (!counter) {
    return { events, total };
  }
  const some = queries.asCounts(events);
  if ('problem' in some) {
    return { problem: `the query of ${counts} ${some.problem}` };
  }
  const all = queries.asCounts(total);
  if ('problem' in all) {
    return { problem: `the query of total ${all.problem}` };
  }
  const units = [...new Set([...some.units, ...all.units])];
  if (units.length > 1) {
    return {
      problem: `its queries of ${counts} and total count in two units, events and events a second: write increase(...[5m]) in place of rate, or take rate and its range away from both`,
    };
  }
  return { events: some.query, total: all.query, unit: units[0] };
}
