import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import type { Tone } from '../ui';
import { markLook } from './markLook';

/** A span of time on a lane, in pixels. */
export interface LaneBar {
  id: string;
  x: number;
  width: number;
  tone: Tone;
}

const narrowest = 2;

/**
 * The spans of entries that last, cut to the axis. One without an end goes on
 * to the end of what is known.
 *
 * @param options - `from` and `to` in epoch milliseconds
 */
export function layoutBars(options: {
  entries: TimelineEntry[];
  x: (at: number) => number;
  from: number;
  to: number;
}): LaneBar[] {
  const { from, to, x } = options;
  return options.entries.flatMap(entry => {
    const start = Math.max(from, Date.parse(entry.at));
    const end = Math.min(to, entry.until ? Date.parse(entry.until) : to);
    if (end < start) {
      return [];
    }
    return {
      id: entry.id,
      x: x(start),
      width: Math.max(narrowest, x(end) - x(start)),
      tone: markLook(entry).tone,
    };
  });
}
