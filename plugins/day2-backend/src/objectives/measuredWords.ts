import type { ObjectiveFigures } from '@day2/backstage-plugin-day2-common';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A scrape that was missed now and then is nothing to tell. */
const WHOLE = 0.99;

/**
 * How much of the period is known, where a part of it is not: a budget is then
 * that of the part.
 *
 * @returns e.g. `11 of 30 d measured`
 */
export function measuredWords(
  figures: Pick<ObjectiveFigures, 'budget' | 'period'> | undefined,
): string | undefined {
  const { coverage = 1, kind } = figures?.budget ?? {};
  if (!figures || kind === 'no data' || coverage >= WHOLE) {
    return undefined;
  }
  const { from, to } = figures.period;
  const [unit, unitMs] =
    to - from >= 2 * DAY_MS ? ['d', DAY_MS] : ['h', HOUR_MS];
  const whole = (to - from) / unitMs;
  return `${downTo(whole * coverage)} of ${downTo(whole)} ${unit} measured`;
}

/** Down, so that no more is said to be known than is. */
function downTo(value: number): number {
  const digits = value < 10 ? 10 : 1;
  return Math.floor(value * digits + 1e-6) / digits;
}
