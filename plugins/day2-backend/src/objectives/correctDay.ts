import {
  DAY_MS,
  emptySeries,
  seriesOf,
  SLOT_MS,
  type Slot,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Range } from '../http/range';

/** A day of slots after an answer. */
export interface CorrectedDay {
  series: SlotSeries;
  /** Slots that nothing was known of before. */
  added: number;
  /** The slots that are other than before, those that follow each other as one. */
  changed: Range[];
}

/**
 * Puts an answer over what was known of a day. Of two answers about a slot the
 * later one holds, unless it has fewer events: what comes late adds some, while
 * a tool that has dropped a part of its data, or a replica of it that was away,
 * lacks some.
 *
 * @param options - `day`: days since 1970; `slots`: the answer's of that day
 */
export function correctDay(options: {
  day: number;
  before?: SlotSeries;
  slots: Slot[];
}): CorrectedDay {
  const from = options.day * DAY_MS;
  const range = { from, to: from + DAY_MS };
  const { before = emptySeries(range) } = options;
  const series = {
    ...before,
    bad: before.bad.slice(),
    total: before.total.slice(),
  };
  const answer = seriesOf({ ...range, slots: options.slots });
  let added = 0;
  const changed: Range[] = [];
  answer.total.forEach((total, at) => {
    const bad = answer.bad[at];
    const wasTotal = before.total[at];
    const isNew = Number.isNaN(wasTotal);
    const isOther = isNew || total > wasTotal || bad !== before.bad[at];
    if (Number.isNaN(total) || total < wasTotal || !isOther) {
      return;
    }
    series.total[at] = total;
    series.bad[at] = bad;
    added += isNew ? 1 : 0;
    const start = from + at * SLOT_MS;
    const last = changed.at(-1);
    if (last?.to === start) {
      last.to += SLOT_MS;
    } else {
      changed.push({ from: start, to: start + SLOT_MS });
    }
  });
  return { series, added, changed };
}
