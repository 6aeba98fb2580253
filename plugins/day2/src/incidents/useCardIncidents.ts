import { useApi } from '@backstage/core-plugin-api';
import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, refreshEvery, serviceParams, useResource } from '../api';
import { defaultRange, resolveRange } from '../time';

// What the API gives at most: more than these no card has to sort.
const mostUnresolved = 200;
// Below every priority there is.
const least = 10;

/**
 * The incidents of a service that matter most: unresolved ones, the worst
 * first, then the newest; and how many unresolved ones are not among them.
 */
export function useCardIncidents(options: {
  serviceRef: string;
  shown: number;
}) {
  const { serviceRef, shown } = options;
  const api = useApi(day2ApiRef);
  return useResource({
    key: serviceRef,
    load: async signal => {
      const list = (query: { state?: 'unresolved'; limit: number }) =>
        api.call('listServiceIncidents', {
          params: serviceParams(serviceRef),
          query: {
            ...resolveRange({ choice: defaultRange, now: Date.now() }),
            ...query,
          },
          signal,
        });
      const [unresolved, newest] = await Promise.all([
        list({ state: 'unresolved', limit: mostUnresolved }),
        list({ limit: shown }),
      ]);
      return {
        ...newest,
        items: [
          ...[...unresolved.items].sort(byPriority),
          ...newest.items.filter(({ state }) => state === 'resolved'),
        ].slice(0, shown),
        unshown: Math.max(0, unresolved.items.length - shown),
        // Unresolved ones count whatever the range.
        empty: unresolved.items.length > 0 ? undefined : newest.empty,
      };
    },
    every: refreshEvery,
  });
}

/** P1 first, without a priority last; within one, the newest stays first. */
function byPriority(a: IncidentRecord, b: IncidentRecord): number {
  return (a.priority ?? least) - (b.priority ?? least);
}
