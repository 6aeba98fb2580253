import {
  budgetOf,
  type Burn,
  type Figure,
  type ObjectiveRecord,
  type ServiceName,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { measuredWords } from './measuredWords';
import type { Measurers } from './measurers';
import type { ObjectiveNow } from './objectiveNow';
import { whyObjective } from './whyObjective';

const NO_VALUE = {
  'no data': 'Nothing was measured in the period',
  'no traffic': 'There was no traffic in the period',
  excluded: 'All of the period is planned downtime',
  measured: undefined,
};

/** An objective as the API shows it. */
export function objectiveFromRow(options: {
  now: ObjectiveNow;
  /** Those that the caller may see. */
  services: ServiceName[];
  measurers: Measurers;
}): ObjectiveRecord {
  const { now, services, measurers } = options;
  const { definition, kept, measurer, knownTo } = now;
  const { objective, file, line, url, invalid } = definition;
  const { figures } = kept ?? {};
  const { exhaustionMs, period } = figures ?? {};
  return {
    id: now.row.id,
    name: definition.name,
    displayName: objective?.displayName,
    description: objective?.description,
    services,
    file: { path: file, line, url },
    invalid,
    target: objective?.target,
    budgeting: objective?.budgeting.method,
    period:
      objective && period
        ? {
            kind: objective.period.kind,
            seconds: objective.period.lengthMs / 1000,
            from: iso(period.from),
            to: iso(period.to),
            end: iso(period.end),
          }
        : undefined,
    indicator: objective && {
      counts: objective.indicator.counts,
      events: objective.indicator.events.query,
      total: objective.indicator.total.query,
    },
    measuredBy: measurer && {
      source: measurer.source.id,
      title: measurer.source.title,
    },
    state: now.state,
    frozen: now.frozen,
    why: whyObjective(now, measurers),
    ...shownFigures(now),
    conditions: shownConditions(now),
    exhaustedAt:
      exhaustionMs === undefined || knownTo === undefined || now.isStale
        ? undefined
        : iso(knownTo + exhaustionMs),
    measuredFrom: kept && iso(kept.knownFrom),
    progress:
      kept && kept.progress < 1 ? Number(kept.progress.toFixed(4)) : undefined,
    asOf: knownTo === undefined ? undefined : iso(knownTo),
  };
}

function shownFigures({
  definition: { objective },
  kept,
}: ObjectiveNow): Pick<ObjectiveRecord, 'attainment' | 'remaining' | 'spent'> {
  const unit =
    objective && objective.budgeting.method !== 'occurrences'
      ? 'bad slices'
      : 'bad events';
  const budget = kept?.figures?.budget;
  if (!objective || !budget) {
    const none = { n: 0, reason: 'Nothing was measured yet' };
    return {
      attainment: { unit: 'ratio', ...none },
      remaining: { unit: 'ratio', ...none },
      spent: { unit, ...none },
    };
  }
  // What the budget is a share of.
  const n = Math.round((budget.budget ?? 0) / budgetOf(objective.target));
  const { coverage } = budget;
  const partly = measuredWords(kept?.figures);
  const of = (value: number | undefined, ofUnit: string): Figure => ({
    value,
    unit: ofUnit,
    n,
    coverage,
    reason: value === undefined ? NO_VALUE[budget.kind] : partly,
  });
  return {
    attainment: of(budget.attainment, 'ratio'),
    remaining: of(budget.remaining, 'ratio'),
    spent: of(budget.spent, unit),
  };
}

/** Of one whose source is silent nothing is told as if it were so now. */
function shownConditions({
  kept,
  isStale,
}: ObjectiveNow): ObjectiveRecord['conditions'] {
  const burnOf = ({ windowMs, burn, coverage, unknown }: Burn) => ({
    seconds: windowMs / 1000,
    burn,
    coverage,
    unknown: unknown || isStale,
  });
  return (kept?.figures?.conditions ?? []).map(
    ({ severity, long, short, factor, canFire, state }) => ({
      severity,
      long: burnOf(long),
      short: burnOf(short),
      factor,
      canFire,
      state: isStale ? 'unknown' : state,
    }),
  );
}
