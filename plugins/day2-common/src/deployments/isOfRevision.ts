import type { ObservationGroup } from './groupObservations';

/** Whether nobody knows a group's version: the revision that was synced stands for it. */
export function isOfRevision({ makers }: ObservationGroup): boolean {
  return makers.every(({ read }) => read?.from === 'revision');
}
