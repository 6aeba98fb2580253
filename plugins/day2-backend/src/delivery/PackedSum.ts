import {
  addCounts,
  noCounts,
  unpackSecondsInto,
  type DeliverySum,
} from '@day2/backstage-plugin-day2-common';

/** A cell whose numbers are packed, one after the other, in some bytes. */
export interface PackedCell {
  counts: DeliverySum['counts'];
  bytes: Uint8Array;
  /** Where the lead times begin, and where each of the three ends. */
  from: number;
  leadEnd: number;
  recoveryEnd: number;
  quartersEnd: number;
  /** Epoch milliseconds. */
  oldestOpenAt?: number;
}

/** Numbers of many cells in one list, which grows. */
class Unpacked {
  #values = new Int32Array(1_024);
  #length = 0;

  add(bytes: Uint8Array, from: number, to: number): void {
    // Each takes a byte at least.
    const most = this.#length + to - from;
    if (most > this.#values.length) {
      const larger = new Int32Array(2 * most);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#length = unpackSecondsInto({
      bytes,
      from,
      to,
      values: this.#values,
      length: this.#length,
    });
  }

  take(): Int32Array {
    const values = this.#values.slice(0, this.#length);
    this.#length = 0;
    return values;
  }
}

/** Sums cells as they are unpacked: of tens of thousands none is kept as a list of its own. */
export class PackedSum {
  readonly #lead = new Unpacked();
  readonly #recovery = new Unpacked();
  readonly #quarters = new Unpacked();
  #counts = noCounts();
  #oldestOpenAt: number | undefined;

  private constructor() {}

  static create(): PackedSum {
    return new PackedSum();
  }

  /** @throws InputError where the bytes are damaged */
  add(cell: PackedCell): void {
    const { bytes, leadEnd, recoveryEnd, quartersEnd } = cell;
    addCounts(this.#counts, cell.counts);
    this.#lead.add(bytes, cell.from, leadEnd);
    this.#recovery.add(bytes, leadEnd, recoveryEnd);
    this.#quarters.add(bytes, recoveryEnd, quartersEnd);
    if (cell.oldestOpenAt !== undefined) {
      this.#oldestOpenAt = Math.min(
        this.#oldestOpenAt ?? Infinity,
        cell.oldestOpenAt,
      );
    }
  }

  /** What was added since it was taken last. */
  take(): DeliverySum {
    const counts = this.#counts;
    const oldestOpenAt = this.#oldestOpenAt;
    this.#counts = noCounts();
    this.#oldestOpenAt = undefined;
    return {
      counts,
      leadSeconds: this.#lead.take(),
      recoverySeconds: this.#recovery.take(),
      quarters: this.#quarters.take(),
      ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
    };
  }
}
