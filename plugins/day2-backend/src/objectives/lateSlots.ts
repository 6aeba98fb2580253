import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Range } from '../http/range';
import { joinRanges } from './ranges';

const HOUR_MS = 3_600_000;

/** With a new slot those before it are asked for again: four answers in a quarter of an hour. */
const OVERLAP_MS = 3 * SLOT_MS;

/**
 * How long after its end a slot of which nothing is known is asked for again,
 * and in which steps of time, so that those that follow each other are asked
 * for at once. After the last one it is final.
 */
const STEPS = [
  { afterMs: HOUR_MS, gridMs: HOUR_MS / 2 },
  { afterMs: 6 * HOUR_MS, gridMs: 2 * HOUR_MS },
  { afterMs: 24 * HOUR_MS, gridMs: 6 * HOUR_MS },
];

/** What ended longer ago than that is asked for once only. */
export const FINAL_MS = 24 * HOUR_MS;

/** Ranges that are nearer to each other are asked for as one. */
const NEAR_MS = HOUR_MS;

/** Slots that are to be asked for again. */
export interface Silence extends Range {
  /** Epoch milliseconds. */
  dueAt: number;
}

/**
 * When a slot of which nothing is known is asked for again.
 *
 * @param slot - its start, epoch milliseconds
 * @returns nothing where the last answer is final
 */
export function dueAgain(slot: number, now: number): number | undefined {
  const end = slot + SLOT_MS;
  const next = STEPS.find(({ afterMs }) => end + afterMs > now);
  return next && Math.ceil((end + next.afterMs) / next.gridMs) * next.gridMs;
}

/** Silences in their order; those that touch and are due together are one. */
export function joinSilences(silences: Iterable<Silence>): Silence[] {
  const joined: Silence[] = [];
  for (const each of [...silences].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && last.to === each.from && last.dueAt === each.dueAt) {
      last.to = each.to;
    } else {
      joined.push({ ...each });
    }
  }
  return joined;
}

/**
 * What is asked for, the newest first: what is missing, with the newest slot
 * those before it, and silences that are due, with a slot on both sides, which
 * may be of a part of its events only.
 *
 * @param options - `wanted`: all that an objective needs; `missing`: what of it
 * was never asked for
 */
export function askedFor(options: {
  wanted: Range;
  missing: Range[];
  due: Range[];
}): Range[] {
  const { wanted, missing, due } = options;
  const widened = [
    ...missing.map(({ from, to }) => ({
      from: to === wanted.to ? from - OVERLAP_MS : from,
      to,
    })),
    ...due.map(({ from, to }) => ({ from: from - SLOT_MS, to: to + SLOT_MS })),
  ];
  const within = joinRanges(
    widened.map(({ from, to }) => ({
      from: Math.max(from, wanted.from),
      to: Math.min(to, wanted.to),
    })),
  );
  const near: Range[] = [];
  for (const range of within) {
    const last = near.at(-1);
    if (due.length > 0 && last && range.from - last.to <= NEAR_MS) {
      last.to = range.to;
    } else {
      near.push(range);
    }
  }
  return near.reverse();
}
