import type { Random } from '../../random/Random';
import { MINUTE, SECOND } from '../time';

/** How finely the signals of a service are told. */
export const sliceMs = 15 * SECOND;

/** The next beginning of a slice. */
export function toSlice(at: number): number {
  return Math.ceil(at / sliceMs) * sliceMs;
}

/**
 * When an outage is noticed and taken on. It is noticed at the latest when
 * somebody does something about it, so that what has been told stays true as
 * the world goes on.
 */
export function noticed(options: {
  random: Random;
  startedAt: number;
  isLate: boolean;
  /** When the way back began, as far as it has. */
  actedAt?: number;
}): { detectedAt: number; acknowledgedAt: number } {
  const { random, startedAt, isLate, actedAt = Infinity } = options;
  const [from, to] = isLate ? [18 * 60, 55 * 60] : [80, 5 * 60];
  const detectedAt = Math.min(
    startedAt + random.int(from, to) * SECOND,
    Math.max(startedAt + MINUTE, actedAt),
  );
  const acknowledgedAt = detectedAt + random.int(40, 8 * 60) * SECOND;
  return { detectedAt, acknowledgedAt };
}
