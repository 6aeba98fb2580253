import { compareText } from './compareText';
import { contradictionsOf } from './contradictionsOf';
import { groupReferences, type ReferenceGroup } from './groupReferences';
import type {
  GroupingDecision,
  Incident,
  IncidentObservation,
  IncidentOverride,
  IncidentState,
  InstantName,
  Reopening,
} from './incident';
import {
  compareReferences,
  lastWordFirst,
  referenceIdOf,
} from './incidentReference';
import { instantsOf, isOutdated } from './instantsOf';
import { periodsOf, reopeningsOf, type OpenPeriod } from './periodsOf';
import type { Level } from './priority';
import { priorityOf, type PriorityRules } from './priorityOf';

const MINUTE_MS = 60_000;

/** What `IncidentRules` are where nothing else is said. @public */
export const GROUPING = {
  graceMs: 5 * MINUTE_MS,
  withinMs: 24 * 60 * MINUTE_MS,
} as const;

/** How references become incidents. @public */
export interface IncidentRules extends PriorityRules {
  /** How long after the end of one reference the next of the same incident may open: 5 min by default. */
  graceMs?: number;
  /** How far apart references of one incident may open, each to one other: 24 h by default. */
  withinMs?: number;
  /** Of the impact where no word tells it, by the ids of the services: before `assumedImpact`. */
  assumedImpactOf?: (services: readonly string[]) => Level | undefined;
  /** By how much two tools may tell one fact apart: 5 min by default. */
  toleranceMs?: number;
}

/**
 * The incidents that observations of alerts and incidents make, and what people
 * said of them: a function of these alone, whatever their order.
 *
 * @remarks References are of one incident where they share a service, their
 * times meet, and no decision or other environment keeps them apart. An alert
 * that has fired for weeks takes in only what opened within a day of it, or of
 * what is in it already.
 *
 * @param options - `observations`: those not withdrawn, of each reference the
 * newest; all that might be joined with each other, so of all services
 *
 * @returns earliest first
 *
 * @public
 */
export function incidentsOf(options: {
  observations: readonly IncidentObservation[];
  decisions?: readonly GroupingDecision[];
  overrides?: readonly IncidentOverride[];
  rules?: IncidentRules;
}): Incident[] {
  const { rules = {} } = options;
  const references = [
    ...new Map(
      options.observations.map(each => [referenceIdOf(each), each]),
    ).values(),
  ].sort(compareReferences);
  return groupReferences({
    references,
    decisions: options.decisions ?? [],
    graceMs: rules.graceMs ?? GROUPING.graceMs,
    withinMs: rules.withinMs ?? GROUPING.withinMs,
  }).map(group => {
    const ids = new Set(group.references.map(referenceIdOf));
    return incidentOf({
      group,
      overrides: (options.overrides ?? []).filter(({ reference }) =>
        ids.has(referenceIdOf(reference)),
      ),
      rules,
    });
  });
}

function incidentOf(options: {
  group: ReferenceGroup;
  overrides: readonly IncidentOverride[];
  rules: IncidentRules;
}): Incident {
  const { group, overrides, rules } = options;
  const { references } = group;
  const [{ source, key, detectedAt }] = references;
  const periods = periodsOf(references);
  const instants = instantsOf({ references, periods, overrides });
  const services = distinct(references.flatMap(each => each.services));
  const assumedImpact =
    rules.assumedImpactOf?.(services) ?? rules.assumedImpact;
  return {
    first: { source, key },
    references,
    services,
    environments: distinct(
      references.flatMap(({ environment }) => environment ?? []),
    ),
    title: titleOf(references, overrides),
    state: stateOf(instants),
    startedAt:
      instants.impactStartedAt.at ?? instants.detectedAt.at ?? detectedAt,
    instants,
    reopened: withSpoken({ periods, overrides }),
    priority: priorityOf({
      references,
      overrides,
      rules: { ...rules, assumedImpact },
    }),
    contradictions: [
      ...group.contradictions,
      ...contradictionsOf({
        references,
        instants,
        toleranceMs: rules.toleranceMs ?? 5 * MINUTE_MS,
      }),
    ],
  };
}

function stateOf(
  instants: Record<InstantName, { at?: number }>,
): IncidentState {
  if (instants.resolvedAt.at !== undefined) {
    return 'resolved';
  }
  return instants.mitigatedAt.at === undefined ? 'open' : 'mitigated';
}

/** What people opened says more than what an alert is called. */
function titleOf(
  references: readonly IncidentObservation[],
  overrides: readonly IncidentOverride[],
): string {
  const byHand = [...overrides]
    .sort(lastWordFirst)
    .find(({ field }) => field === 'title');
  return byHand?.field === 'title'
    ? byHand.value
    : (references.find(({ kind }) => kind === 'incident') ?? references[0])
        .title;
}

/** Also where a person had said that it was over, and something opened. */
function withSpoken(options: {
  periods: readonly OpenPeriod[];
  overrides: readonly IncidentOverride[];
}): Reopening[] {
  const { periods } = options;
  const told = reopeningsOf(periods);
  const spoken = options.overrides.flatMap((each): Reopening[] => {
    if (
      each.field !== 'resolvedAt' ||
      each.value === undefined ||
      !isOutdated(each, { periods })
    ) {
      return [];
    }
    const after = Math.max(each.at, each.value);
    const next = periods.find(({ from }) => from > after) as OpenPeriod;
    const { source, key } = next.reference;
    return [
      {
        resolvedAt: each.value,
        reopenedAt: next.from,
        reference: { source, key },
      },
    ];
  });
  const byStart = [...told, ...spoken].sort(
    (a, b) => a.reopenedAt - b.reopenedAt || b.resolvedAt - a.resolvedAt,
  );
  return byStart.filter(
    ({ reopenedAt }, at) => byStart[at - 1]?.reopenedAt !== reopenedAt,
  );
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}
