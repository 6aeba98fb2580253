// Looked up once: where globals are a sandbox's, each look costs more than the sum.
const { floor, imul } = Math;

/**
 * A number in [0, 1) that a time and a key alone decide: cheap enough for each
 * minute of months.
 */
export function noise(key: number, at: number): number {
  let mixed = imul(key ^ imul(at | 0, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  mixed = imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed ^= mixed >>> 12;
  return (mixed >>> 0) / 4294967296;
}

/** The key of a service and of what is drawn about it. */
export function noiseKey(...labels: Array<string | number>): number {
  let hash = 0x811c9dc5;
  for (const char of labels.join('\u0000')) {
    hash = imul(hash ^ char.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number whose mean is `value`. */
export function rounded(value: number, draw: number): number {
  const whole = floor(value);
  return whole + (draw < value - whole ? 1 : 0);
}
