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
  if (bytes[0] !== FORMAT) {
    throw new InputError(
      `Packed seconds begin with ${FORMAT}, these with ${bytes[0]}: derive the cell again`,
    );
  }
  // One ends with each byte below 128.
  const values = new Int32Array(
    bytes.reduce(
      (count, byte, at) => count + (at > 0 && byte < 128 ? 1 : 0),
      0,
    ),
  );
  let count = 0;
  let value = 0;
  let distance = 0;
  let weight = 1;
  for (let at = 1; at < bytes.length; at += 1) {
    distance += (bytes[at] & 127) * weight;
    weight *= 128;
    if (bytes[at] < 128) {
      value += distance;
      if (value > MAX_SECONDS) {
        break;
      }
      values[count] = value;
      count += 1;
      distance = 0;
      weight = 1;
    }
  }
  if (count < values.length || weight !== 1) {
    throw new InputError(
      'Packed seconds are cut off or damaged: derive the cell again',
    );
  }
  return values;
}
