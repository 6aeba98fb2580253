import { quantileOf } from './quantile';

/** Figures of which the survey publishes how its answers are spread. @public */
export type SurveyedMetric =
  | 'deploymentFrequency'
  | 'changeLeadTime'
  | 'failedDeploymentRecoveryTime';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = (365 / 12) * DAY;

/**
 * DORA's 2025 survey, best answer first: the share that gave it in percent, and
 * what one has to reach for it. Deployments a day are reached from `limit` up;
 * seconds lie below it. Of what lies below none of these is the last one.
 */
const DISTRIBUTION: Record<
  SurveyedMetric,
  { share: number; limit?: number }[]
> = {
  deploymentFrequency: [
    // On demand: from once an hour, beyond all answers that name an interval.
    { share: 16.2, limit: 24 },
    { share: 6.5, limit: 1 },
    { share: 21.9, limit: DAY / WEEK },
    { share: 31.5, limit: DAY / MONTH },
    { share: 20.3, limit: DAY / (6 * MONTH) },
    { share: 3.6 },
  ],
  changeLeadTime: [
    { share: 9.4, limit: HOUR },
    { share: 15.0, limit: DAY },
    { share: 31.9, limit: WEEK },
    { share: 28.3, limit: MONTH },
    { share: 13.2, limit: 6 * MONTH },
    { share: 2.0 },
  ],
  failedDeploymentRecoveryTime: [
    { share: 21.3, limit: HOUR },
    { share: 35.3, limit: DAY },
    { share: 28.0, limit: WEEK },
    { share: 9.4, limit: MONTH },
    { share: 4.9, limit: 6 * MONTH },
    { share: 1.0 },
  ],
};

/** Below so many services with a value a group has no place in the survey. */
const MIN_SERVICES = 3;

/**
 * The share of the 2025 survey's answers, in percent, that are strictly worse
 * than that of the value: "better than at least X %". Answers are intervals, so
 * within its own nobody can be placed.
 *
 * @param options - `value`: deployments a day, or the median in seconds
 *
 * @public
 */
export function betterThanAtLeast(options: {
  metric: SurveyedMetric;
  value: number;
}): number {
  const { metric, value } = options;
  const answers = DISTRIBUTION[metric];
  const own = answers.findIndex(
    ({ limit }) =>
      limit === undefined ||
      (metric === 'deploymentFrequency' ? value >= limit : value < limit),
  );
  const worse = answers
    .slice(own + 1)
    .reduce((sum, { share }) => sum + share, 0);
  return Math.round(worse * 10) / 10;
}

/**
 * Where a group stands in the survey, which asks of one's main service: the
 * place of the median of its services' values; nothing below three of them.
 *
 * @public
 */
export function groupBetterThanAtLeast(options: {
  metric: SurveyedMetric;
  values: readonly (number | undefined)[];
}): number | undefined {
  const { metric, values } = options;
  const known = values
    .filter(value => value !== undefined)
    .sort((a, b) => a - b);
  const value = quantileOf(known, 'p50');
  return value === undefined || known.length < MIN_SERVICES
    ? undefined
    : betterThanAtLeast({ metric, value });
}
