import { Interval } from 'luxon';
import type { TimeRange } from '../delivery/range';
import { refused, type Reading } from './reading';

/**
 * Annotation of an OpenSLO document: planned downtime as a comma list of ISO
 * intervals, e.g. `2026-11-20T22:00:00Z/2026-11-21T02:00:00Z`.
 */
const DOWNTIME = 'day2/planned-downtime';
const MAX = 200;
/** Without a zone an instant would be another one for each reader, the end as the beginning. */
const INSTANT = String.raw`\d[^/T]*T[^/]+(?:Z|[+-]\d\d:?\d\d)`;
const ZONED = new RegExp(`^${INSTANT}/(?:${INSTANT}|P[^/]+)$`, 'i');

/** Planned downtime of an SLO, in its order; none where nothing is said. */
export function readDowntime(
  annotations: Record<string, unknown> | undefined,
): Reading<TimeRange[]> {
  const text = annotations?.[DOWNTIME];
  if (text === undefined || text === null) {
    return { value: [] };
  }
  const parts = typeof text === 'string' ? text.split(',') : [''];
  const ranges: TimeRange[] = [];
  for (const part of parts.map(each => each.trim())) {
    // In its own zone, not that of this process, whose days may have 23 hours.
    const { start, end } = Interval.fromISO(part, { setZone: true });
    if (!ZONED.test(part) || !start || !end || start >= end) {
      return refused(
        `${DOWNTIME} is a comma list of intervals, beginning and end each with its zone, e.g. 2026-11-20T22:00:00Z/2026-11-21T02:00:00Z or 2026-11-20T22:00:00Z/PT4H, not "${part.slice(
          0,
          60,
        )}"`,
      );
    }
    ranges.push({ from: start.toMillis(), to: end.toMillis() });
  }
  return ranges.length > MAX
    ? refused(`${DOWNTIME} has more than ${MAX} intervals: leave out old ones`)
    : { value: ranges.sort((a, b) => a.from - b.from || a.to - b.to) };
}
