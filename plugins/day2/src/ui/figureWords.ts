import type { Figure } from '@day2/backstage-plugin-day2-common';
import { durationWords } from '../time';
import { countWords } from './countWords';

/**
 * A figure in words. Seconds become a duration, a ratio a percentage with at
 * most one decimal; what was measured from as many records as it counts says
 * so once only.
 */
export function figureWords(figure: Figure): {
  value?: string;
  from?: string;
  coverage?: string;
} {
  const { value, unit, n, coverage } = figure;
  if (value === undefined) {
    return {};
  }
  return {
    value: valueWords(value, unit),
    from: value === n ? undefined : n.toLocaleString(),
    coverage:
      coverage === undefined || coverage === 1
        ? undefined
        : percentDown(coverage),
  };
}

function valueWords(value: number, unit: string): string {
  if (unit === 'seconds') {
    return durationWords(value * 1000);
  }
  if (unit === 'ratio') {
    return percent(value);
  }
  if (unit === '%' || unit === 'percent') {
    return percent(value / 100);
  }
  return countWords(value, unit);
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString(undefined, {
    maximumFractionDigits: 1,
  })} %`;
}

/** Down, so that 100 % is said of the whole alone. */
function percentDown(ratio: number): string {
  return percent(Math.floor(ratio * 1_000 + 1e-9) / 1_000);
}
