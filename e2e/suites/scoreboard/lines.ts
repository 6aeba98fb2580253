import type {
  DeliveryFigure,
  DeliveryMetric,
  DeliveryRecord,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import {
  figuresIn,
  medianOf,
  recoverySeconds,
  type TrueFigure,
  type TrueRange,
  wentLive,
} from './figures';
import type { TrueGroup } from './groups';
import type { TrueDelivery } from './truth';

const DAY = 24 * 3_600_000;

/** The figures of a group as they should be, with those of the period before: a line each. */
export function truthFigures(options: {
  group: TrueGroup;
  deliveries: TrueDelivery[];
  range: TrueRange;
}): string[] {
  const { group, range } = options;
  const own = deliveriesOf(options);
  const days = Math.round((range.to - range.from) / DAY);
  const before = figuresIn(own, {
    ...range,
    from: range.from - days * DAY,
    to: range.from,
  });
  return figuresIn(own, range).map((figure, i) =>
    [
      group.title,
      `of ${group.services.length} services:`,
      figureText(figure),
      ...figure.beside.map(({ name, value }) => `${name} ${number(value)}`),
      `before ${number(before[i].value)} of ${before[i].n}`,
    ].join(' '),
  );
}

/** The same as the portal says them. */
export function shownFigures(row: ScoreboardRow): string[] {
  return row.figures.map(({ metric, figure, beside, previous }) =>
    [
      row.title,
      `of ${row.services} services:`,
      figureText({ ...figure, metric }),
      ...beside
        // It goes on with the clock.
        .filter(({ name }) => name !== 'oldestOpen')
        .map(each => `${each.name} ${number(each.figure.value)}`),
      `before ${number(previous?.value)} of ${previous?.n}`,
    ].join(' '),
  );
}

/** Its figures week by week, as the portal says them, and as they should be. */
export function weekLines(options: {
  row: ScoreboardRow;
  group: TrueGroup;
  deliveries: TrueDelivery[];
  zone: string;
}): { shown: string[]; truth: string[] } {
  const { row, group, zone } = options;
  const own = deliveriesOf(options);
  const lines = { shown: [] as string[], truth: [] as string[] };
  for (const { metric, trend = [] } of row.figures) {
    for (const { week, from, to, figure } of trend) {
      const range = { from: Date.parse(from), to: Date.parse(to), zone };
      const known = figuresIn(own, range).find(each => each.metric === metric)!;
      const of = `${group.title} ${week}`;
      lines.shown.push(`${of} ${figureText({ ...figure, metric })}`);
      lines.truth.push(`${of} ${figureText(known)}`);
    }
  }
  return lines;
}

/** The deployments behind a figure, newest first: what each is to it, and why. */
export function truthRecords(options: {
  metric: DeliveryMetric;
  group: TrueGroup;
  deliveries: TrueDelivery[];
  range: TrueRange;
}): string[] {
  const { metric, range } = options;
  return deliveriesOf(options)
    .filter(
      ({ finishedAt }) => range.from <= finishedAt && finishedAt < range.to,
    )
    .map(each => `${nameOf(each)}: ${roleOf(metric, each)}`)
    .sort();
}

/** The same as the portal says them; `names` are those of deployments by id. */
export function shownRecords(
  records: DeliveryRecord[],
  names: ReadonlyMap<string, string>,
): string[] {
  return records
    .map(record => {
      const { lead, metric, recovery, reasons, role } = record;
      const parts: unknown[] = [
        `${names.get(record.deploymentId)}: ${role}`,
        metric === 'changeFailRate' && role === 'numerator'
          ? reasons.map(({ text }) => text).sort()
          : [],
        metric === 'deploymentReworkRate' && role === 'numerator'
          ? reworkCodes(reasons.map(({ code }) => code))
          : [],
        metric === 'changeLeadTime' && lead?.commits
          ? `${lead.commits} commits ${lead.medianSeconds} ${lead.longestSeconds}`
          : [],
        role === 'counted' && recovery
          ? `${recovery.seconds} ${recovery.how} ${names.get(
              recovery.restoredById ?? '',
            )}`
          : [],
      ];
      return parts.flat().join(' | ');
    })
    .sort();
}

/** A deployment in words, to tell it from all others. */
export function nameOf(
  deployment: Pick<TrueDelivery, 'service' | 'version' | 'finishedAt'>,
): string {
  const at = new Date(deployment.finishedAt).toISOString();
  return `${at} ${deployment.service} ${deployment.version}`;
}

function roleOf(metric: DeliveryMetric, of: TrueDelivery): string {
  const parts = (role: string, ...more: string[]) =>
    [role, ...more].join(' | ');
  const { counts, failures, leadSeconds, restored, rework } = of;
  switch (metric) {
    case 'deploymentFrequency':
      return counts ? 'counted' : 'left-out';
    case 'changeLeadTime':
      return counts && leadSeconds.length > 0
        ? parts(
            'counted',
            `${leadSeconds.length} commits ${medianOf(
              leadSeconds,
            )} ${leadSeconds.at(-1)}`,
          )
        : 'left-out';
    case 'changeFailRate':
      if (!wentLive(of) || of.isRollback) {
        return 'left-out';
      }
      return failures.length > 0
        ? parts('numerator', ...[...failures].sort())
        : 'counted';
    case 'deploymentReworkRate':
      if (!counts) {
        return 'left-out';
      }
      return rework.length > 0
        ? parts('numerator', ...reworkCodes(rework))
        : 'counted';
    case 'failedDeploymentRecoveryTime': {
      if (failures.length === 0) {
        return 'left-out';
      }
      const seconds = recoverySeconds(of);
      if (!restored) {
        return 'open';
      }
      return seconds === undefined
        ? 'left-out'
        : parts('counted', `${seconds} ${restored.how} ${nameOf(restored.by)}`);
    }
    default:
      if (of.rollout === 'succeeded') {
        return 'numerator';
      }
      return of.rollout === 'failed' ? 'counted' : 'left-out';
  }
}

/** The commit of a rollback may say that it reverts one, which is why the world makes it. */
function reworkCodes(codes: string[]): string[] {
  const isRollback = codes.includes('rollback');
  return codes.filter(code => !(isRollback && code === 'revert')).sort();
}

function deliveriesOf(options: {
  group: TrueGroup;
  deliveries: TrueDelivery[];
}): TrueDelivery[] {
  return options.deliveries.filter(({ service }) =>
    options.group.services.includes(service),
  );
}

function figureText(
  figure: Pick<TrueFigure, 'metric' | 'value' | 'reason' | 'n'> &
    Partial<DeliveryFigure['figure']>,
): string {
  const { metric, value, reason, n } = figure;
  return `${metric} ${
    value === undefined ? `(${reason})` : number(value)
  } of ${n}`;
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : String(Math.round(value * 1e9) / 1e9);
}
