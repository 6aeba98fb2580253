import type { DeliveryMetric } from '@day2/backstage-plugin-day2-common';
import type { TrueFigure } from './figures';

/** What the page calls each figure, in the order in which it shows them. */
export const metricWords: Record<DeliveryMetric, string> = {
  deploymentFrequency: 'Deployment frequency',
  changeLeadTime: 'Change lead time',
  failedDeploymentRecoveryTime: 'Failed deployment recovery time',
  changeFailRate: 'Change fail rate',
  deploymentReworkRate: 'Deployment rework rate',
  deploymentSuccessRate: 'Deployment success rate',
};

/** A figure as the page words it: its value, or why there is none. */
export function figureInWords(figure: TrueFigure): string {
  const { metric, reason, value } = figure;
  if (value === undefined) {
    return String(reason);
  }
  switch (metric) {
    case 'deploymentFrequency':
      return frequencyInWords(value);
    case 'changeLeadTime':
    case 'failedDeploymentRecoveryTime':
      return spanInWords(value);
    default:
      return `${Math.round(value * 1000) / 10} %`;
  }
}

/** By the shortest span in which it is at least one. */
function frequencyInWords(perDay: number): string {
  const spans = { day: 1, week: 7, month: 365 / 12, year: 365 };
  const [span, days] = Object.entries(spans).find(
    ([name, length]) =>
      Math.round(perDay * length * 10) >= 10 || name === 'year',
  )!;
  return `${Math.round(perDay * days * 10) / 10} a ${span}`;
}

/** Its two largest units. */
function spanInWords(seconds: number): string {
  const pair = (count: number, per: number, large: string, small: string) =>
    [
      `${Math.floor(count / per)} ${large}`,
      ...(count % per === 0 ? [] : [`${count % per} ${small}`]),
    ].join(' ');
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(seconds / 3600);
  if (seconds < 59.5) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 600) {
    return pair(Math.round(seconds), 60, 'min', 's');
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (minutes < 24 * 60) {
    return pair(minutes, 60, 'h', 'min');
  }
  return hours < 14 * 24
    ? pair(hours, 24, 'd', 'h')
    : `${Math.round(seconds / 86_400)} d`;
}
