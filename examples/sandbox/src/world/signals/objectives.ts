import type { ServiceSpec } from '../ServiceSpec';

/** Share of the requests that are to succeed over 30 days, 0 to 1. */
export function availabilityTarget(spec: ServiceSpec): number {
  return spec.tier <= 2 ? 0.999 : 0.995;
}

/** Whether its requests are timed as well as counted. */
export function isTimed(spec: ServiceSpec): boolean {
  return spec.tier === 1;
}
