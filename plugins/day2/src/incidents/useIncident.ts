import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useResource } from '../api';

/** One incident with all that is said of it. */
export function useIncident(id: string) {
  const api = useApi(day2ApiRef);
  return useResource({
    key: id,
    load: signal => api.call('getIncident', { params: { id }, signal }),
    every: refreshEvery,
  });
}
