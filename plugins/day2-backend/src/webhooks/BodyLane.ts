import { ServiceUnavailableError } from '@backstage/errors';

/** A body that is being read, or worked on. */
export interface Reading {
  /** So much of it came. */
  readonly bytes: number;
  /** Has it let go of what came. Absent once it is read. */
  cutOff?: (error: Error) => void;
}

/** Bodies that share some room. */
export class BodyLane {
  readonly #max: number;
  readonly #maxReadings: number;
  readonly #readings = new Set<Reading>();
  #bytes = 0;

  private constructor(options: BodyLaneOptions) {
    this.#max = options.max;
    this.#maxReadings = options.maxReadings;
  }

  static create(options: BodyLaneOptions): BodyLane {
    return new BodyLane(options);
  }

  /** Of all that are in hand: kept, since it is asked for with each piece of each. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Where as many are in hand as may be, the one that has been coming for longest
   * gives its place up: those that are held open keep nobody out.
   *
   * @throws ServiceUnavailableError where all of them are read, and worked on
   */
  open(): Reading {
    if (this.#readings.size >= this.#maxReadings) {
      const oldest = this.#oldestComing();
      if (!oldest) {
        throw tooMany();
      }
      oldest.cutOff?.(tooMany());
      this.close(oldest);
    }
    const reading: Reading = { bytes: 0 };
    this.#readings.add(reading);
    return reading;
  }

  add(reading: Reading, bytes: number): void {
    const own = reading as { bytes: number };
    own.bytes += bytes;
    this.#bytes += bytes;
  }

  close(reading: Reading): void {
    this.add(reading, -reading.bytes);
    this.#readings.delete(reading);
  }

  /** Cuts the largest off that are still coming, until what is left has room. */
  makeRoom(): void {
    while (this.#bytes > this.#max) {
      let largest: Reading | undefined;
      for (const each of this.#readings) {
        if (each.cutOff && !(largest && largest.bytes >= each.bytes)) {
          largest = each;
        }
      }
      if (!largest || largest.bytes === 0) {
        return;
      }
      largest.cutOff?.(tooMany());
    }
  }

  #oldestComing(): Reading | undefined {
    for (const each of this.#readings) {
      if (each.cutOff) {
        return each;
      }
    }
    return undefined;
  }
}

function tooMany(): ServiceUnavailableError {
  return new ServiceUnavailableError(
    'Too many deliveries at once; send it again later',
  );
}

/** How much has room. */
export interface BodyLaneOptions {
  /** Bytes of all together. */
  max: number;
  /** Bodies at once. */
  maxReadings: number;
}
