/** What the numbers of a query are. */
export type CountUnit = 'events' | 'events a second';

/** Functions whose answer depends on how long a range is, and what they count in. */
const COUNTING: Record<string, CountUnit | undefined> = {
  increase: 'events',
  rate: 'events a second',
  irate: 'events a second',
  delta: undefined,
  idelta: undefined,
  sum_over_time: undefined,
  count_over_time: undefined,
};

/** Seconds of a unit, as PromQL writes it. */
const SECONDS: Record<string, number> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** No duration is written longer. */
const MAX_TEXT = 100;

/** How long a range is over which a query counts, and in what. */
export interface CountedRange {
  /** As it is written. */
  text: string;
  /** NaN where it is no plain duration. */
  seconds: number;
  unit?: CountUnit;
}

/**
 * The range that is given to a function, where something is counted over it:
 * what is taken of samples (`max_over_time`) is not.
 *
 * @param options - `text`: the range as it is written
 */
export function countedRange(options: {
  /** Name of the function. */
  call: string;
  text: string;
}): CountedRange | undefined {
  const { call, text } = options;
  return Object.hasOwn(COUNTING, call)
    ? {
        text: text.slice(0, MAX_TEXT),
        seconds: secondsOf(text),
        unit: COUNTING[call],
      }
    : undefined;
}

function secondsOf(text: string): number {
  if (text.length > MAX_TEXT) {
    return NaN;
  }
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return text !== '' && parts.map(([part]) => part).join('') === text
    ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * SECONDS[unit], 0)
    : NaN;
}
