import type { IncidentObservation } from './incident';

/**
 * Whether two references may be of one incident by themselves: they share a
 * service and their times meet.
 *
 * @param options - `first`: the one of the two that is first by
 * `compareReferences`; `graceMs`: how long after its end the second may open;
 * `withinMs`: how far apart they may start
 *
 * @public
 */
export function mayBeOne(options: {
  first: Pick<IncidentObservation, 'services' | 'detectedAt' | 'resolvedAt'>;
  second: Pick<IncidentObservation, 'services' | 'detectedAt'>;
  graceMs: number;
  withinMs: number;
}): boolean {
  const { first, second, graceMs, withinMs } = options;
  return (
    second.detectedAt - first.detectedAt <= withinMs &&
    second.detectedAt <= (first.resolvedAt ?? Infinity) + graceMs &&
    second.services.some(each => first.services.includes(each))
  );
}
