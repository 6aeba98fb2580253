import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Range } from '../http/range';

/** The union of ranges, the oldest first; those that touch are one. */
export function joinRanges(ranges: Iterable<Range>): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
    } else if (from < to) {
      joined.push({ from, to });
    }
  }
  return joined;
}

/** What of a range is in none of the others, the newest first. */
export function missingOf(wanted: Range, known: Iterable<Range>): Range[] {
  const missing: Range[] = [];
  let { from } = wanted;
  for (const each of joinRanges(known)) {
    if (each.from > from) {
      missing.push({ from, to: Math.min(each.from, wanted.to) });
    }
    from = Math.max(from, each.to);
  }
  missing.push({ from, to: wanted.to });
  return missing.filter(each => each.from < each.to).reverse();
}

/** Whole slots: from the start of the one it begins in to the end of the last whole one. */
export function wholeSlots({ from, to }: Range): Range {
  const floor = (at: number) => Math.floor(at / SLOT_MS) * SLOT_MS;
  return { from: floor(from), to: floor(to) };
}
