import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';

const DAY_MS = 86_400_000;
/** Of one query: 2,016 points, far below the 11,000 that are refused. */
const WEEK_MS = 7 * DAY_MS;
/** So little is one query, whatever day it ends on: the newest slots and those before. */
const SHORT_MS = 3_600_000;
/** Of one batch, so that its transaction is short. */
const BATCH = { pieces: 50, slots: 6_100 };

/** A part of what is missing of one objective: what two queries ask for. */
export interface Piece {
  wanted: WantedMeasurement;
  from: number;
  to: number;
}

/**
 * What is missing in pieces, the newest of each first, so that all stand as of
 * now before any has its past: day by day back to the beginning of this week,
 * then week by week. They end with UTC days, as the hub keeps days, and are the
 * same wherever a run goes on. Together so many as make a batch.
 *
 * @param now - epoch milliseconds
 */
export function planPieces(
  wanted: WantedMeasurement[],
  now: number,
): Piece[][] {
  const rounds: Piece[][] = [];
  for (const each of wanted) {
    piecesOf(each, now).forEach((piece, round) => {
      (rounds[round] ??= []).push(piece);
    });
  }
  const batches: Piece[][] = [];
  for (const round of rounds) {
    let batch: Piece[] = [];
    let slots = 0;
    for (const piece of round) {
      const more = slotsIn(piece);
      if (batch.length >= BATCH.pieces || slots + more > BATCH.slots) {
        batches.push(batch);
        batch = [];
        slots = 0;
      }
      batch.push(piece);
      slots += more;
    }
    batches.push(batch);
  }
  return batches.filter(batch => batch.length > 0);
}

/** Slots of a range. */
export function slotsIn(range: { from: number; to: number }): number {
  return (range.to - range.from) / SLOT_MS;
}

function piecesOf(wanted: WantedMeasurement, now: number): Piece[] {
  const pieces: Piece[] = [];
  const week = Math.floor(now / WEEK_MS) * WEEK_MS;
  const newest = [...wanted.missing].sort((a, b) => b.to - a.to);
  for (const range of newest) {
    let { to } = range;
    while (to > range.from) {
      const length = to > week ? DAY_MS : WEEK_MS;
      const start = Math.floor((to - 1) / length) * length;
      const isShort = to - range.from <= SHORT_MS;
      const from = isShort ? range.from : Math.max(range.from, start);
      pieces.push({ wanted, from, to });
      to = from;
    }
  }
  return pieces;
}
