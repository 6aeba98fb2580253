import { InputError } from '@backstage/errors';
import { MAX_SECONDS } from './leadOf';

/** First byte of what is packed: how the rest is to be read. */
const FORMAT = 1;

/**
 * Sorted int32 from 0 up (seconds, or quarters of an hour) as few bytes: a
 * format byte, then each one's distance from the one before, seven bits a byte,
 * the low ones first, the eighth set on all but the last.
 *
 * @throws InputError where one is negative or below the one before it
 *
 * @public
 */
export function packSeconds(sorted: Int32Array): Uint8Array {
  const bytes = new Uint8Array(1 + sorted.length * 5);
  bytes[0] = FORMAT;
  let length = 1;
  let before = 0;
  for (const value of sorted) {
    let distance = value - before;
    if (distance < 0) {
      throw new InputError(
        `Only sorted numbers from 0 up can be packed: ${value} follows ${before}`,
      );
    }
    while (distance > 127) {
      bytes[length] = (distance & 127) | 128;
      length += 1;
      distance = Math.floor(distance / 128);
    }
    bytes[length] = distance;
    length += 1;
    before = value;
  }
  return bytes.slice(0, length);
}

/**
 * What `packSeconds` packed.
 *
 * @throws InputError where the bytes are not of `packSeconds`
 *
 * @public
 */
export function unpackSeconds(bytes: Uint8Array): Int32Array {
  // Each takes a byte at least.
  const values = new Int32Array(bytes.length);
  const to = bytes.length;
  return values.slice(
    0,
    unpackSecondsInto({ bytes, from: 0, to, values, length: 0 }),
  );
}

/**
 * Puts what `packSeconds` packed behind what a list has already.
 *
 * @param options - the bytes `[from, to)`; `values`: with room for as many as
 * they are, from `length` on
 * @returns how many there are then
 * @throws InputError where the bytes are not of `packSeconds`
 *
 * @public
 */
export function unpackSecondsInto(options: {
  bytes: Uint8Array;
  from: number;
  to: number;
  values: Int32Array;
  length: number;
}): number {
  const { bytes, from, to, values } = options;
  if (to <= from || bytes[from] !== FORMAT) {
    throw new InputError(
      `Packed seconds begin with ${FORMAT}, these with ${bytes[from]}: derive the cell again`,
    );
  }
  let { length } = options;
  let value = 0;
  let distance = 0;
  let weight = 1;
  for (let at = from + 1; at < to; at += 1) {
    const byte = bytes[at];
    distance += (byte & 127) * weight;
    // One ends with each byte below 128.
    if (byte < 128) {
      value += distance;
      values[length] = value;
      length += 1;
      distance = 0;
      weight = 1;
      if (value > MAX_SECONDS) {
        break;
      }
    } else {
      weight *= 128;
    }
  }
  if (value > MAX_SECONDS || weight !== 1 || to > bytes.length) {
    throw new InputError(
      'Packed seconds are cut off or damaged: derive the cell again',
    );
  }
  return length;
}
