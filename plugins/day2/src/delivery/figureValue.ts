import type { Figure } from '@day2/backstage-plugin-day2-common';
import type { Text } from '../translation';
import { figureWords } from '../ui';

/**
 * A delivery figure's value in words; a frequency by the span in which it is
 * at least one. Undefined where there is too little to say.
 */
export function figureValue(t: Text, figure: Figure): string | undefined {
  const { unit, value } = figure;
  return value !== undefined && unit === 'deployments per day'
    ? frequencyWords(t, value)
    : figureWords(figure).value;
}

/** The same, and where there is too little the reason with how much there was. */
export function figureSentence(t: Text, figure: Figure): string {
  return figureValue(t, figure) ?? figure.reason ?? t('delivery.insufficient');
}

function frequencyWords(t: Text, perDay: number): string {
  if (perDay === 0) {
    return t('delivery.per.none');
  }
  const spans = [
    ['day', 1],
    ['week', 7],
    ['month', 365 / 12],
  ] as const;
  // Rounded as it is shown first, so that 0.99 a week is one a week.
  const [span, days] = spans.find(
    ([, length]) => Math.round(perDay * length * 10) >= 10,
  ) ?? ['year' as const, 365];
  const n = (perDay * days).toLocaleString(undefined, {
    maximumFractionDigits: 1,
  });
  return t(`delivery.per.${span}`, { n });
}
