import { InputError } from '@backstage/errors';
import { DAY_MS } from '../delivery/range';
import { emptySeries, isCount, SLOTS_A_DAY, type SlotSeries } from './slots';

/** First byte of what is packed: how the rest is to be read. */
const FORMAT = 1;
const NO_DATA = 0;
const NO_TRAFFIC = 1;
const WHOLE = 2;
const BROKEN = 3;
/** A run's head, and two numbers of eight bytes a slot. */
const MAX_BYTES = 1 + SLOTS_A_DAY * (2 + 16);

/**
 * A UTC day of slots as few bytes, exactly: a format byte, then runs of slots
 * of one kind. A run begins with `4 · length + kind`; kind 0 (no data) and 1 (no
 * traffic) have nothing more, 2 has total and bad of each as whole numbers, 3 as
 * two float64 with the high byte first. Whole numbers are seven bits a byte, the
 * low ones first, the eighth set on all but the last.
 *
 * @throws InputError where it is not the 288 slots of one day, or one is not
 * `0 <= bad <= total`
 *
 * @public
 */
export function packDay(day: SlotSeries): Uint8Array {
  if (day.total.length !== SLOTS_A_DAY || day.from % DAY_MS !== 0) {
    throw new InputError('Only the 288 slots of one UTC day can be packed');
  }
  const bytes = new Uint8Array(MAX_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = FORMAT;
  let length = 1;
  const putWhole = (whole: number) => {
    let rest = whole;
    while (rest > 127) {
      bytes[length] = (rest % 128) + 128;
      length += 1;
      rest = Math.floor(rest / 128);
    }
    bytes[length] = rest;
    length += 1;
  };
  const kinds = Array.from({ length: SLOTS_A_DAY }, (_, at) =>
    kindOf(day.bad[at], day.total[at]),
  );
  for (let start = 0; start < SLOTS_A_DAY; ) {
    const kind = kinds[start];
    let end = start + 1;
    while (end < SLOTS_A_DAY && kinds[end] === kind) {
      end += 1;
    }
    putWhole(4 * (end - start) + kind);
    for (let at = start; at < end && kind >= WHOLE; at += 1) {
      if (kind === WHOLE) {
        putWhole(day.total[at]);
        putWhole(day.bad[at]);
      } else {
        view.setFloat64(length, day.total[at]);
        view.setFloat64(length + 8, day.bad[at]);
        length += 16;
      }
    }
    start = end;
  }
  return bytes.slice(0, length);
}

/**
 * What `packDay` packed.
 *
 * @param options - `day`: days since 1970
 * @throws InputError where the bytes are not of `packDay`; never are more than
 * 288 slots read
 *
 * @public
 */
export function unpackDay(options: {
  day: number;
  bytes: Uint8Array;
}): SlotSeries {
  const { bytes } = options;
  if (bytes[0] !== FORMAT) {
    throw new InputError(
      `A packed day begins with ${FORMAT}, this with ${bytes[0]}: fetch the day again`,
    );
  }
  const from = options.day * DAY_MS;
  const day = emptySeries({ from, to: from + DAY_MS });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let read = 1;
  const takeWhole = () => {
    let whole = 0;
    let weight = 1;
    while (bytes[read] > 127) {
      whole += (bytes[read] - 128) * weight;
      weight *= 128;
      read += 1;
    }
    // Of bytes that end too soon, not a number.
    whole += bytes[read] * weight;
    read += 1;
    return isCount(whole) ? whole : damaged();
  };
  const takeFloat = () => {
    if (read + 8 > bytes.length) {
      damaged();
    }
    read += 8;
    return view.getFloat64(read - 8);
  };
  let at = 0;
  while (at < SLOTS_A_DAY) {
    const head = takeWhole();
    const kind = head % 4;
    const end = at + Math.floor(head / 4);
    if (end === at || end > SLOTS_A_DAY) {
      damaged();
    }
    const take = kind === WHOLE ? takeWhole : takeFloat;
    for (; at < end; at += 1) {
      if (kind !== NO_DATA) {
        const total = kind === NO_TRAFFIC ? 0 : take();
        const bad = kind === NO_TRAFFIC ? 0 : take();
        if (!isCount(bad) || !isCount(total) || bad > total) {
          damaged();
        }
        day.total[at] = total;
        day.bad[at] = bad;
      }
    }
  }
  return read === bytes.length ? day : damaged();
}

function damaged(): never {
  throw new InputError(
    'A packed day is cut off or damaged: fetch the day again',
  );
}

function kindOf(bad: number, total: number): number {
  if (Number.isNaN(total)) {
    return NO_DATA;
  }
  if (!isCount(bad) || !isCount(total) || bad > total) {
    throw new InputError(
      `A slot has 0 <= bad <= total, not ${bad} of ${total}`,
    );
  }
  if (total === 0) {
    return NO_TRAFFIC;
  }
  return Number.isInteger(bad) && Number.isInteger(total) ? WHOLE : BROKEN;
}
