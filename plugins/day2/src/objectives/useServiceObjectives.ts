import { useApi } from '@backstage/core-plugin-api';
import {
  day2ApiRef,
  refreshEvery,
  serviceParams,
  useHeadedPages,
} from '../api';

/** The objectives of a service, the least budget left first. */
export function useServiceObjectives(serviceRef: string) {
  const api = useApi(day2ApiRef);
  return useHeadedPages({
    key: serviceRef,
    load: (cursor, signal) =>
      api.call('listServiceObjectives', {
        params: serviceParams(serviceRef),
        query: { cursor, limit: 50 },
        signal,
      }),
    every: refreshEvery,
  });
}
