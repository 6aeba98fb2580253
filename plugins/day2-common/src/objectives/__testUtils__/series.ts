import { seriesOf, SLOT_MS, type SlotSeries } from '../slots';

/** Monday, 2 March 2026, 00:00 UTC: where stories begin. */
export const START = Date.UTC(2026, 2, 2);

/**
 * A series told by words from `START` on: `bad/total`, `.` for no data; `12x2/10`
 * is twelve of them.
 */
export function told(text: string, from: number = START): SlotSeries {
  const words = text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(word => {
      const [, times = '1', what] = /^(?:(\d+)x)?(.*)$/.exec(word)!;
      return Array.from({ length: Number(times) }, () => what);
    });
  const slots = words.flatMap((word, index) => {
    const [bad, total] = word.split('/').map(Number);
    return word === '.' ? [] : [{ at: from + index * SLOT_MS, bad, total }];
  });
  return seriesOf({ from, to: from + words.length * SLOT_MS, slots });
}
