import type { Reason } from '../deployments/deployment';
import type { Figure } from '../figures';
import type { DeliveryCalendar } from './calendar';
import type { DeliverySum } from './deliverySum';
import { besideSuspected } from './besideSuspected';
import { frequencyOf } from './frequencyOf';
import { minimumN } from './minimumN';
import { countOf, type Numbers } from './numbers';
import { quantilesOf, type Quantile } from './quantile';
import type { TimeRange } from './range';
import type { DeliveryFigure } from './scoreboard';
import { times } from './times';

/** What the figures of a range are computed from. @public */
export interface FiguresInput {
  /** All deliveries that finished in the range: `sumCells` of its days and edges. */
  cell: DeliverySum;
  range: TimeRange;
  /** IANA time zone of days and weeks; UTC by default. */
  zone?: string;
  /** Epoch milliseconds: what lies after it has not happened yet. */
  now: number;
  /** Of the range, zone and now, where it is known already. */
  calendar?: DeliveryCalendar;
  /** Finish of the first deployment recorded of any of them: epoch milliseconds. */
  knownSince?: number;
}

/**
 * The delivery figures of a range, in the order of `DeliveryMetric`. Too little
 * is no value, and never 0: `reason` then says how much there was.
 *
 * @throws InputError where there is no such time zone
 *
 * @public
 */
export function figuresOf(input: FiguresInput): DeliveryFigure[] {
  return [
    frequencyOf(input),
    leadTime(input.cell),
    recoveryTime(input),
    ...rates(input.cell),
  ];
}

function leadTime({ leadSeconds, counts }: DeliverySum): DeliveryFigure {
  const { leadExpected, leadMeasured, leadAnomalies, deployments } = counts;
  const coverage = shareOf(leadMeasured, leadExpected);
  const quantile = quantileFigures({
    numbers: leadSeconds,
    coverage,
    noun: 'commit',
  });
  const first = deployments - leadExpected;
  return {
    metric: 'changeLeadTime',
    factor: 'throughput',
    figure: quantile('p50'),
    beside: [
      { name: 'p75', figure: quantile('p75') },
      { name: 'p90', figure: quantile('p90') },
    ],
    leftOut: [
      ...left('negative-lead', leadAnomalies, 'commit', 'with a negative time'),
      ...left('first-recorded', first, 'deployment', 'with none before it'),
      ...left(
        'commits-incomplete',
        leadExpected - leadMeasured,
        'deployment',
        'of which not all commits are known',
      ),
    ],
  };
}

function recoveryTime(input: FiguresInput): DeliveryFigure {
  const { recoverySeconds, counts, oldestOpenAt } = input.cell;
  const { open, recoveryAnomalies } = counts;
  const n = countOf(recoverySeconds);
  const coverage = shareOf(n, n + open + recoveryAnomalies);
  const quantile = quantileFigures({
    numbers: recoverySeconds,
    coverage,
    noun: 'recovery',
  });
  const oldest: DeliveryFigure['beside'] =
    oldestOpenAt === undefined
      ? []
      : [
          {
            name: 'oldestOpen',
            figure: {
              value: Math.max(0, Math.round((input.now - oldestOpenAt) / 1000)),
              unit: 'seconds',
              n: open,
            },
          },
        ];
  return {
    metric: 'failedDeploymentRecoveryTime',
    factor: 'throughput',
    figure: quantile('p50'),
    beside: [
      { name: 'p75', figure: quantile('p75') },
      { name: 'p90', figure: quantile('p90') },
      {
        name: 'open',
        figure: { value: open, unit: 'failed deployments', n: open },
      },
      ...oldest,
      ...besideSuspected(counts.recoveriesSuspected, n, 'recoveries'),
    ],
    leftOut: [
      ...left('recovery-open', open, 'failure', 'that is not over yet'),
      ...left(
        'negative-recovery',
        recoveryAnomalies,
        'failure',
        'that ended before it began',
      ),
    ],
  };
}

function rates({ counts }: DeliverySum): DeliveryFigure[] {
  const { deployments, changes, rolloutsUnsaid, rolloutsUnseen } = counts;
  const ended = counts.rolloutsSucceeded + counts.rolloutsFailed;
  const unsaid = left(
    'rollout-unknown',
    rolloutsUnsaid,
    'deployment',
    'of which nobody said how it ended',
  );
  return [
    {
      metric: 'changeFailRate',
      factor: 'instability',
      figure: shareFigure({
        of: counts.failed,
        among: changes,
        unknown: rolloutsUnsaid,
        noun: 'change',
      }),
      beside: besideSuspected(
        counts.failedSuspected,
        counts.failed,
        'failed deployments',
      ),
      leftOut: unsaid,
    },
    {
      metric: 'deploymentReworkRate',
      factor: 'instability',
      figure: shareFigure({
        of: counts.rework,
        among: deployments,
        unknown: rolloutsUnsaid,
        noun: 'deployment',
      }),
      beside: besideSuspected(
        counts.reworkSuspected,
        counts.rework,
        'deployments',
      ),
      leftOut: unsaid,
    },
    {
      metric: 'deploymentSuccessRate',
      figure: shareFigure({
        of: counts.rolloutsSucceeded,
        among: ended,
        unknown: rolloutsUnsaid + rolloutsUnseen,
        noun: 'roll-out',
      }),
      beside: [],
      leftOut: [
        ...left(
          'rollout-cancelled',
          counts.rolloutsCancelled,
          'roll-out',
          'that was cancelled',
        ),
        ...left(
          'rollout-unknown',
          rolloutsUnsaid + rolloutsUnseen,
          'roll-out',
          'of which nobody said how it ended',
        ),
      ],
    },
  ];
}

function quantileFigures(options: {
  numbers: Numbers;
  coverage?: number;
  noun: string;
}): (of: Quantile) => Figure {
  const { numbers, coverage, noun } = options;
  const n = countOf(numbers);
  const values = quantilesOf(numbers);
  return of => {
    const needed = minimumN[of];
    return {
      ...(n < needed
        ? { reason: tooFew({ n, needed, noun }) }
        : { value: values[of] }),
      unit: 'seconds',
      n,
      coverage,
    };
  };
}

function shareFigure(options: {
  of: number;
  among: number;
  unknown: number;
  noun: string;
}): Figure {
  const { of, among, unknown, noun } = options;
  const needed = minimumN.share;
  return {
    ...(among < needed
      ? { reason: tooFew({ n: among, needed, noun }) }
      : { value: of / among }),
    unit: 'ratio',
    n: among,
    coverage: shareOf(among, among + unknown),
  };
}

function tooFew(options: { n: number; needed: number; noun: string }): string {
  const { n, needed, noun } = options;
  return `Insufficient data: ${times(n, noun)}, ${needed} are needed`;
}

function shareOf(of: number, among: number): number | undefined {
  return among === 0 ? undefined : of / among;
}

function left(
  code: string,
  count: number,
  noun: string,
  text: string,
): Reason[] {
  return count === 0 ? [] : [{ code, text: `${times(count, noun)} ${text}` }];
}
