import type { Figure } from '../figures';
import type { DeliveryFigure } from './scoreboard';

const MORE_IS_BETTER = new Set<DeliveryFigure['metric']>([
  'deploymentFrequency',
  'deploymentSuccessRate',
]);
/** What is nearer is no change: of the value before. */
const TOLERANCE = 0.05;
/** Of the arithmetic. */
const DUST = 1e-9;
const HOUR = 3600;
const DAY = 24 * HOUR;

type Known = Figure & { value: number };

/**
 * Whether a figure is better or worse than before. The same is also what
 * reads alike, is nearer than a twentieth, or of a share is less than one
 * deployment; undefined where one of the two has no value.
 */
export function changeOf(
  { metric, figure }: DeliveryFigure,
  previous: Figure | undefined,
): DeliveryFigure['change'] {
  if (!isKnown(figure) || !isKnown(previous)) {
    return undefined;
  }
  const by = figure.value - previous.value;
  if (isSame(figure, previous)) {
    return { by, direction: 'same' };
  }
  return {
    by,
    direction: by > 0 === MORE_IS_BETTER.has(metric) ? 'better' : 'worse',
  };
}

function isKnown(figure: Figure | undefined): figure is Known {
  return figure?.value !== undefined;
}

function isSame(now: Known, before: Known): boolean {
  const by = Math.abs(now.value - before.value);
  if (now.unit !== 'ratio') {
    return (
      by <= TOLERANCE * before.value + DUST ||
      asRead(now.value, now.unit) === asRead(before.value, now.unit)
    );
  }
  // Of 99 % good, a twentieth would hide that five times as many are bad.
  const rest = Math.min(before.value, 1 - before.value);
  const deployments = by * Math.min(now.n, before.n);
  return by <= TOLERANCE * rest + DUST || deployments < 1 - DUST;
}

/** As coarse as it is shown: what has the same is read as the same. */
function asRead(value: number, unit: string): string {
  if (unit === 'seconds') {
    const step = stepOf(value);
    return `${Math.round(value / step)} ${step}`;
  }
  const days = [1, 7, 365 / 12].find(
    span => Math.round(value * span * 10) >= 10,
  );
  return `${Math.round(value * (days ?? 365) * 10)} ${days}`;
}

function stepOf(seconds: number): number {
  if (seconds < 600) {
    return 1;
  }
  if (seconds < DAY) {
    return 60;
  }
  return seconds < 14 * DAY ? HOUR : DAY;
}
