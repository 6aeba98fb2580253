import { changeOf } from './changeOf';
import type { DeliveryFigure, DeliveryMetric } from './scoreboard';
import { betterThanAtLeast, type SurveyedMetric } from './survey';

const SURVEYED = new Set<DeliveryMetric>([
  'deploymentFrequency',
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
] satisfies SurveyedMetric[]);

/** Puts the figures of the period before beside those of a range. @public */
export function compareFigures(options: {
  figures: readonly DeliveryFigure[];
  before: readonly DeliveryFigure[];
}): DeliveryFigure[] {
  return options.figures.map(each => {
    const previous = options.before.find(
      ({ metric }) => metric === each.metric,
    )?.figure;
    return { ...each, previous, change: changeOf(each, previous) };
  });
}

/** Puts the place in the 2025 survey beside the figures of one service. @public */
export function placeInSurvey(
  figures: readonly DeliveryFigure[],
): DeliveryFigure[] {
  return figures.map(each => {
    const { value } = each.figure;
    return value === undefined || !isSurveyed(each.metric)
      ? each
      : {
          ...each,
          survey: {
            betterThanPercent: betterThanAtLeast({
              metric: each.metric,
              value,
            }),
            of: 'own-value' as const,
          },
        };
  });
}

function isSurveyed(metric: DeliveryMetric): metric is SurveyedMetric {
  return SURVEYED.has(metric);
}
