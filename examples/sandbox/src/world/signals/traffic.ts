import type { ServiceSpec } from '../ServiceSpec';
import { DAY, HOUR, MINUTE, weekday } from '../time';
import { noise, noiseKey, rounded } from './noise';

/** Requests a minute at the busiest time of a working day, by tier. */
const busiest: Record<number, number> = { 1: 240, 2: 90, 3: 30, 4: 20 };
const labelPrinter = 'label-printer';
const searchApi = 'search-api';

/** Share of the requests that fail while nothing is wrong. */
export const usualErrorShare = 0.0002;
/** Share of the requests that take longer than 300 ms while nothing is wrong. */
export const usualSlowShare = 0.004;

/** How busy each minute of a day is, 0.24 to 1: most in the early afternoon. */
const ofDay = Array.from(
  { length: DAY / MINUTE },
  (_, minute) =>
    0.62 + 0.38 * Math.cos(((minute / 60 - 14) / 24) * 2 * Math.PI),
);

/**
 * Tells how many requests a service in production gets within the minute that
 * begins at an instant (epoch milliseconds): fewer at night and on weekends. The
 * halls that print labels are closed from 21:00 to 05:00 UTC.
 */
export function requestsOf(options: {
  seed: number;
  spec: ServiceSpec;
}): (at: number) => number {
  const { seed, spec } = options;
  const key = noiseKey(seed, 'requests', spec.name);
  const most = busiest[spec.tier] ?? 20;
  const rests = spec.name === labelPrinter;
  return at => {
    const minute = at / MINUTE;
    const inDay = minute % ofDay.length;
    if (rests && (inDay < 5 * 60 || inDay >= 21 * 60)) {
      return 0;
    }
    const week = weekday(at) <= 5 ? 1 : 0.6;
    const mean = most * ofDay[inDay] * week;
    return rounded(
      mean * (0.9 + 0.2 * noise(key, minute)),
      noise(key + 1, minute),
    );
  };
}

/**
 * Whether a service tells nothing of itself: the exporter of search-api does not
 * answer from 02:00 to 07:00 UTC on every eleventh day of the world. Requests go on.
 */
export function isSilent(options: {
  start: number;
  spec: ServiceSpec;
  at: number;
}): boolean {
  const { start, spec, at } = options;
  const hour = (at % DAY) / HOUR;
  return (
    spec.name === searchApi &&
    Math.floor((at - start) / DAY) % 11 === 4 &&
    hour >= 2 &&
    hour < 7
  );
}
