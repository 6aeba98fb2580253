import type { WorldState } from '../WorldState';
import { liveTimes } from './liveTimes';
import type { Outage } from './Outage';
import { otherOutages } from './otherOutages';
import { releaseOutages } from './releaseOutages';

/**
 * Every outage that has begun by `end`, oldest first, as far as it has come by
 * then. It is a function of the world alone: what is told of a world made to
 * yesterday is the beginning of what is told of it today.
 */
export function outagesOf(state: WorldState, end: number): Outage[] {
  return state
    .specs()
    .flatMap(spec => {
      const spans = liveTimes(state, spec);
      return apart([
        ...releaseOutages({ state, spec, spans }),
        ...otherOutages({ state, spec, spans, end }),
      ]);
    })
    .filter(outage => outage.startedAt <= end)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
    .map(outage => until(outage, end));
}

/** Leaves out what would begin during another outage of the service. */
function apart(outages: Outage[]): Outage[] {
  const kept: Outage[] = [];
  let busyUntil = -Infinity;
  for (const outage of outages.sort((a, b) => a.startedAt - b.startedAt)) {
    if (outage.cause || outage.startedAt > busyUntil) {
      kept.push(outage);
      busyUntil = Math.max(busyUntil, outage.resolvedAt ?? Infinity);
    }
  }
  return kept;
}

/** Leaves out what has not happened yet. */
function until(outage: Outage, end: number): Outage {
  const { detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, ...rest } =
    outage;
  const { acknowledgedBy, resolvedBy, ...others } = rest;
  const has = (at: number | undefined): at is number =>
    at !== undefined && at <= end;
  return {
    ...others,
    ...(has(detectedAt) && { detectedAt }),
    ...(has(acknowledgedAt) && { acknowledgedAt, acknowledgedBy }),
    ...(has(mitigatedAt) && { mitigatedAt }),
    ...(has(resolvedAt) && { resolvedAt, ...(resolvedBy && { resolvedBy }) }),
  };
}
