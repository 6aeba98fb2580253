import type { Incident } from './incident';

/** A length of time, or why there is none. @public */
export interface IncidentSeconds {
  /** Seconds. */
  value?: number;
  /** `not-told`: an instant is missing; `negative`: left out, and counted as an anomaly. */
  missing?: 'not-told' | 'negative';
}

/** How long it took to detect, to acknowledge and to restore. @public */
export interface IncidentTimes {
  detect: IncidentSeconds;
  acknowledge: IncidentSeconds;
  restore: IncidentSeconds;
}

/**
 * The lengths of time that the ITIL indicators take quantiles of: from the start
 * of the impact to the detection; from there to the acknowledgement; and from
 * the start of the impact, else the detection, to the mitigation, else the end.
 *
 * @public
 */
export function incidentTimesOf({
  instants,
  startedAt,
}: Pick<Incident, 'instants' | 'startedAt'>): IncidentTimes {
  const { impactStartedAt, detectedAt, acknowledgedAt } = instants;
  return {
    detect: between(impactStartedAt.at, detectedAt.at),
    acknowledge: between(detectedAt.at, acknowledgedAt.at),
    restore: between(
      startedAt,
      instants.mitigatedAt.at ?? instants.resolvedAt.at,
    ),
  };
}

function between(from?: number, to?: number): IncidentSeconds {
  if (from === undefined || to === undefined) {
    return { missing: 'not-told' };
  }
  return to < from
    ? { missing: 'negative' }
    : { value: Math.round((to - from) / 1000) };
}
