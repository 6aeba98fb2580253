import type { TimeRange } from '../delivery/range';
import type { DocumentPlace, Objective, ObjectiveIndicator } from './objective';
import { OpenSlo, OpenSloObjective, type OpenSloHead } from './openSlo';
import { readBudgeting, readTarget } from './readBudgeting';
import { readIndicator } from './readIndicator';
import { readBy, refused, within, type Reading } from './reading';
import { readPeriod } from './readPeriod';

interface Others {
  /** The SLI of a name. */
  indicatorOf: (name: string) => Reading<ObjectiveIndicator> | undefined;
  /** Type of the DataSource of a name. */
  typeOf: (source: string) => string | undefined;
  /** What the document of a service calls it. */
  displayNameOf: (service: string) => string | undefined;
  /** Planned downtime. */
  excluded: TimeRange[];
}

/** The objectives of one SLO: one refusal of all of it, or each by itself. Paths are in its `spec`. */
export function readSlo(
  options: Others & { head: OpenSloHead; place: DocumentPlace },
): Reading<Objective>[] {
  const { name, displayName } = options.head.metadata;
  const read = readBy(OpenSlo, options.head.spec);
  if (!('value' in read)) {
    return [read];
  }
  const slo = read.value;
  const objectives = slo.objectives.map((each, at) =>
    within(readBy(OpenSloObjective, each), 'objectives', at),
  );
  const composite = objectives.findIndex(
    each =>
      'value' in each &&
      (each.value.indicator !== undefined ||
        each.value.indicatorRef !== undefined),
  );
  if (composite >= 0) {
    const reason =
      'an SLO of several indicators is not measured; write an SLO for each';
    return [refused(reason, 'objectives', composite)];
  }
  const indicator = readIndicatorOf(slo, options);
  if (!('value' in indicator)) {
    return [indicator];
  }
  const period = within(readPeriod(slo.timeWindow[0]), 'timeWindow', 0);
  if (!('value' in period)) {
    return [period];
  }
  const serviceDisplayName = options.displayNameOf(slo.service);
  return objectives.map((objective, at): Reading<Objective> => {
    if (!('value' in objective)) {
      return objective;
    }
    const target = within(readTarget(objective.value), 'objectives', at);
    if (!('value' in target)) {
      return target;
    }
    const budgeting = within(
      readBudgeting(slo.budgetingMethod, objective.value),
      'objectives',
      at,
    );
    if (!('value' in budgeting)) {
      return budgeting;
    }
    const title = objective.value.displayName ?? displayName;
    return {
      value: {
        ...options.place,
        id: at === 0 ? name : `${name}#${at + 1}`,
        name,
        ...(title === undefined ? {} : { displayName: title }),
        ...(slo.description === undefined
          ? {}
          : { description: slo.description }),
        service: slo.service,
        ...(serviceDisplayName === undefined ? {} : { serviceDisplayName }),
        indicator: indicator.value,
        target: target.value,
        budgeting: budgeting.value,
        period: period.value,
        ...(options.excluded.length === 0
          ? {}
          : { excluded: options.excluded }),
      },
    };
  });
}

function readIndicatorOf(
  slo: OpenSlo,
  others: Others,
): Reading<ObjectiveIndicator> {
  const { indicator, indicatorRef } = slo;
  if (indicator && indicatorRef !== undefined) {
    return refused('either indicator or indicatorRef is allowed, not both');
  }
  if (indicator) {
    const { spec, metadata } = indicator;
    const { typeOf } = others;
    const read = readIndicator({ spec, name: metadata?.name, typeOf });
    return within(read, 'indicator', 'spec');
  }
  if (indicatorRef === undefined) {
    return refused('indicator or indicatorRef is missing');
  }
  const read = others.indicatorOf(indicatorRef);
  if (!read) {
    return refused(`there is no SLI ${indicatorRef}`, 'indicatorRef');
  }
  return 'value' in read
    ? read
    : refused(`its SLI ${indicatorRef}: ${read.reason}`, 'indicatorRef');
}
