import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import type { Tone } from '../ui';
import { markLook } from './markLook';

/** One mark of a lane: an entry, or several too near to tell apart. */
export interface LaneMark {
  /** Oldest first. */
  entries: TimelineEntry[];
  /** Middle of the mark, in pixels. */
  x: number;
  /** Instants of the first and last entry, epoch milliseconds. */
  from: number;
  to: number;
  /** The gravest of its entries, so that a crowd hides no failure. */
  tone: Tone;
}

const gravity: Tone[] = [
  'bad',
  'attention',
  'info',
  'ok',
  'neutral',
  'unknown',
];

/**
 * Places a lane's entries on its axis. An entry nearer than `gap` pixels to the
 * middle of the mark before joins it, so that no two marks overlap and no crowd
 * grows far beyond what it hides.
 */
export function layoutLane(options: {
  entries: TimelineEntry[];
  x: (at: number) => number;
  gap: number;
}): LaneMark[] {
  const { x, gap } = options;
  const sorted = options.entries
    .map(entry => ({ entry, at: Date.parse(entry.at) }))
    .sort((a, b) => a.at - b.at);
  const marks: LaneMark[] = [];
  for (const { entry, at } of sorted) {
    const last = marks.at(-1);
    const { tone } = markLook(entry);
    if (last && x(at) - last.x < gap) {
      last.entries.push(entry);
      last.to = at;
      last.x = (x(last.from) + x(at)) / 2;
      last.tone = graver(last.tone, tone);
    } else {
      marks.push({ entries: [entry], x: x(at), from: at, to: at, tone });
    }
  }
  return marks;
}

function graver(a: Tone, b: Tone): Tone {
  return gravity.indexOf(a) <= gravity.indexOf(b) ? a : b;
}
