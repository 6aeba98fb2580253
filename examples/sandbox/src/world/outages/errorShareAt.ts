import { MINUTE } from '../time';
import type { Outage } from './Outage';

/** How long an outage takes to be at its worst. */
const rampMs = MINUTE;

/**
 * Share of a service's requests that an outage lets fail at that instant, 0 to
 * 1: growing for a minute, then steady until it is mitigated.
 */
export function errorShareAt(outage: Outage, at: number): number {
  const { startedAt, mitigatedAt = Infinity, errorShare } = outage;
  if (at < startedAt || at >= mitigatedAt) {
    return 0;
  }
  return errorShare * Math.min(1, (at - startedAt + rampMs / 4) / rampMs);
}
