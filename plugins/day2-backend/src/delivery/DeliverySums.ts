import {
  mergeCells,
  type DeliveryCell,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { SummedPiece } from './DeliveryReads';

/** A stretch of time of one service that no border parts. */
interface Stretch {
  /** Of its first piece. */
  at: number;
  pieces: DeliveryCell[];
  sum?: DeliveryCell;
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
      own.set(serviceId, [...(own.get(serviceId) ?? []), at]);
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
    for (const [serviceId, pieces] of byService) {
      const borders = [...options.borders, ...(own.get(serviceId) ?? [])].sort(
        (a, b) => a - b,
      );
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
  }): DeliveryCell {
    const cells: DeliveryCell[] = [];
    for (const { serviceId, ...span } of options.spans) {
      const from = Math.max(span.from, options.range.from);
      const to = Math.min(span.to, options.range.to);
      for (const stretch of this.#stretches.get(serviceId) ?? []) {
        if (from <= stretch.at && stretch.at < to) {
          stretch.sum ??= mergeCells(stretch.pieces);
          cells.push(stretch.sum);
        }
      }
    }
    return mergeCells(cells);
  }
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
