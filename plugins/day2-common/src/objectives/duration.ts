/** Minutes, hours, days, weeks, months, quarters, years. @public */
export type DurationUnit = 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'Y';

/** E.g. 28 days. @public */
export interface Duration {
  count: number;
  unit: DurationUnit;
}

const MINUTE_MS = 60_000;
const UNIT_MS: Partial<Record<DurationUnit, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
  w: 7 * 24 * 60 * MINUTE_MS,
};

/**
 * OpenSLO's duration shorthand, e.g. `28d`; a bare number is minutes.
 *
 * @returns nothing where it is none, or is not above 0
 *
 * @public
 */
export function durationOf(text: string | number): Duration | undefined {
  const { count, unit } =
    /^(?<count>[1-9]\d{0,5})(?<unit>[mhdwMQY]?)$/.exec(String(text))?.groups ??
    {};
  if (count === undefined || (unit === '' && typeof text === 'string')) {
    return undefined;
  }
  return { count: Number(count), unit: (unit || 'm') as DurationUnit };
}

/** Milliseconds; nothing for months and more, whose lengths differ. @public */
export function lengthOf(duration: Duration): number | undefined {
  const unit = UNIT_MS[duration.unit];
  return unit && unit * duration.count;
}
