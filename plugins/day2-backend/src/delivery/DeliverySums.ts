import {
  joinNumbers,
  sumCells,
  type DeliverySum,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { SummedPiece } from './DeliveryReads';

/** A stretch of time of one service that no border parts. */
interface Stretch {
  /** Of its first piece. */
  at: number;
  pieces: DeliverySum[];
  sum?: DeliverySum;
}

/**
 * Sums of what was read, for any groups and ranges. What lies between two
 * borders is summed once, however many groups and ranges it is a part of.
 */
export class DeliverySums {
  /** By service, in order. */
  readonly #stretches = new Map<string, Stretch[]>();

  private constructor(options: {
    pieces: SummedPiece[];
    borders: number[];
    ownBorders: { serviceId: string; at: number }[];
  }) {
    const own = new Map<string, number[]>();
    for (const { serviceId, at } of options.ownBorders) {
      const known = own.get(serviceId);
      if (known) {
        known.push(at);
      } else {
        own.set(serviceId, [at]);
      }
    }
    const byService = new Map<string, SummedPiece[]>();
    for (const piece of options.pieces) {
      const known = byService.get(piece.serviceId);
      if (known) {
        known.push(piece);
      } else {
        byService.set(piece.serviceId, [piece]);
      }
    }
    const ofAll = sorted(options.borders);
    for (const [serviceId, pieces] of byService) {
      const single = own.get(serviceId);
      const borders = single ? sorted([...ofAll, ...single]) : ofAll;
      this.#stretches.set(serviceId, stretchesOf(pieces, borders));
    }
  }

  static create(options: {
    pieces: SummedPiece[];
    borders: number[];
    ownBorders: { serviceId: string; at: number }[];
  }): DeliverySums {
    return new DeliverySums(options);
  }

  /**
   * All that was delivered in a range within the spans.
   *
   * @param options - `range` and `spans` begin and end at borders
   */
  of(options: {
    spans: readonly ({ serviceId: string } & TimeRange)[];
    range: TimeRange;
  }): DeliverySum {
    const sums: DeliverySum[] = [];
    const { range } = options;
    for (const span of options.spans) {
      const from = Math.max(span.from, range.from);
      const to = Math.min(span.to, range.to);
      const stretches = this.#stretches.get(span.serviceId) ?? [];
      let next = firstFrom(stretches, from);
      while (next < stretches.length && stretches[next].at < to) {
        const stretch = stretches[next];
        stretch.sum ??= sumOf(stretch.pieces);
        sums.push(stretch.sum);
        next += 1;
      }
    }
    return sumCells(sums);
  }
}

function sorted(instants: readonly number[]): number[] {
  return [...instants].sort((a, b) => a - b);
}

/** The position of the first that begins at an instant or later. */
function firstFrom(stretches: readonly Stretch[], at: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (stretches[middle].at < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** In one list each: what is summed often is better in few parts. */
function sumOf(pieces: DeliverySum[]): DeliverySum {
  if (pieces.length === 1) {
    return pieces[0];
  }
  const sum = sumCells(pieces);
  return {
    ...sum,
    leadSeconds: joinNumbers(sum.leadSeconds),
    recoverySeconds: joinNumbers(sum.recoverySeconds),
    quarters: joinNumbers(sum.quarters),
  };
}

function stretchesOf(pieces: SummedPiece[], borders: number[]): Stretch[] {
  const found: Stretch[] = [];
  let next = 0;
  for (const { at, cell } of pieces.sort((a, b) => a.at - b.at)) {
    let isNew = found.length === 0;
    while (next < borders.length && borders[next] <= at) {
      next += 1;
      isNew = true;
    }
    if (isNew) {
      found.push({ at, pieces: [] });
    }
    found[found.length - 1].pieces.push(cell);
  }
  return found;
}
