import { SLOT_MS, type SlotSeries } from '../objectives/slots';

const DAY_MS = 24 * 3_600_000;
const SLOTS_AN_HOUR = 12;
/** A share of bad events below it is noise: the usual one is at least this. */
const FLOOR = 0.001;
/** Errors are there when they are noticed: in the slot of that, the next, or two before. */
const SLOTS_BEFORE = 2;
/** From which evidence on errors rose: ln 100, a hundred times likelier than that they did not. */
const CLEAR = Math.log(100);
/** What the evidence is less by may be true as well: e² is seven times less likely. */
const PLAUSIBLE = 2;
/** So much evidence against it is healthy time: before it was another trouble. */
const HEALTHY = 5;

/** Since when clearly more events are bad than before. @public */
export interface Onset {
  /** The slots in which it may lie begin here: epoch milliseconds. */
  from: number;
  /** They end here. */
  to: number;
  /** Log-likelihood ratio of the rise, at least ln 100. */
  evidence: number;
  /** Share of bad events from which on a slot is nearer to the trouble than to the usual. */
  limit: number;
}

/**
 * Since when what was noticed at an instant has been going on, as the slots of
 * an objective tell it: the beginning that makes the events from there on
 * likeliest, where the usual share is the median of the hours of the day before
 * and the raised one is half of the worst slot about the instant (the cumulative
 * sum of Page, Biometrika 41, 1954, walked back from the instant). Where events are
 * few several slots may be the first, and the onset is all of them.
 *
 * @param options - `slots`: of the day before the instant and of half an hour
 * after it; `at`: epoch milliseconds; `until`: nothing from then on counts
 * @returns nothing where no rise is clear, or nothing is known of before
 *
 * @public
 */
export function onsetOf(options: {
  slots: SlotSeries;
  at: number;
  until?: number;
}): Onset | undefined {
  const { slots, at, until = Infinity } = options;
  const indexOf = (instant: number) =>
    Math.floor((instant - slots.from) / SLOT_MS);
  const end = Math.min(
    slots.total.length,
    indexOf(at) + 2,
    Number.isFinite(until) ? indexOf(until - 1) + 1 : Infinity,
  );
  const first = Math.max(0, indexOf(at) - DAY_MS / SLOT_MS);
  const about = Math.max(first, indexOf(at) - SLOTS_BEFORE);
  const usual = usualShare(slots, { first, end: about });
  const worst = Math.max(0, ...sharesOf(slots, { first: about, end }));
  if (usual === undefined || worst < 4 * usual) {
    return undefined;
  }
  const raised = worst / 2;
  const evidenceOf = (index: number) =>
    Number.isNaN(slots.total[index])
      ? 0
      : slots.bad[index] * Math.log(raised / usual) -
        slots.total[index] * (raised - usual);
  let last = end - 1;
  while (last > about && evidenceOf(last) <= 0) {
    last -= 1;
  }
  const sums: { index: number; sum: number }[] = [];
  let sum = 0;
  let most = -Infinity;
  for (let index = last; index >= first && sum > most - HEALTHY; index -= 1) {
    sum += evidenceOf(index);
    most = Math.max(most, sum);
    sums.push({ index, sum });
  }
  if (most < CLEAR) {
    return undefined;
  }
  const plausible = sums
    .filter(each => each.sum >= most - PLAUSIBLE)
    .map(({ index }) => index);
  const startOf = (index: number) => slots.from + index * SLOT_MS;
  const earliest = Math.min(...plausible);
  return {
    from: startOf(
      earliest > first && isWorse(slots, earliest - 1, usual)
        ? earliest - 1
        : earliest,
    ),
    to: startOf(Math.max(...plausible) + 1),
    evidence: most,
    limit: (raised - usual) / Math.log(raised / usual),
  };
}

/** How long observed traffic was healthy from an instant until an onset: milliseconds, of whole slots. @public */
export function healthyMsBefore(options: {
  slots: SlotSeries;
  onset: Onset;
  /** Epoch milliseconds. */
  since: number;
}): number {
  const { slots, onset, since } = options;
  const first = Math.max(0, Math.ceil((since - slots.from) / SLOT_MS));
  const end = Math.round((onset.from - slots.from) / SLOT_MS);
  return (
    sharesOf(slots, { first, end }).filter(share => share < onset.limit)
      .length * SLOT_MS
  );
}

/** The median of the shares of hours with traffic. */
function usualShare(
  slots: SlotSeries,
  range: { first: number; end: number },
): number | undefined {
  const shares: number[] = [];
  for (let to = range.end; to > range.first; to -= SLOTS_AN_HOUR) {
    let [bad, total] = [0, 0];
    for (let at = Math.max(range.first, to - SLOTS_AN_HOUR); at < to; at += 1) {
      bad += Number.isNaN(slots.total[at]) ? 0 : slots.bad[at];
      total += slots.total[at] || 0;
    }
    if (total > 0) {
      shares.push(bad / total);
    }
  }
  shares.sort((a, b) => a - b);
  return shares.length === 0
    ? undefined
    : Math.max(FLOOR, shares[Math.floor((shares.length - 1) / 2)]);
}

/** Of the slots with traffic. */
function sharesOf(
  { bad, total }: SlotSeries,
  range: { first: number; end: number },
): number[] {
  const shares: number[] = [];
  for (let at = range.first; at < range.end; at += 1) {
    if (total[at] > 0) {
      shares.push(bad[at] / total[at]);
    }
  }
  return shares;
}

/** Whether errors may have begun at a slot's end: more is bad in it than chance explains. */
function isWorse(slots: SlotSeries, index: number, usual: number): boolean {
  const [bad, total] = [slots.bad[index], slots.total[index]];
  const share = bad / total;
  return (
    share > usual &&
    bad * Math.log(share / usual) - total * (share - usual) >= PLAUSIBLE
  );
}
