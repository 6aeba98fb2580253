import { useApi } from '@backstage/core-plugin-api';
import type {
  ObjectiveChart,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, serviceParams, useKept, useResource } from '../api';

const most = 200;

/** Deployments and incidents of a service in the time of a chart, newest first. */
export function useChartEntries(options: {
  serviceRef: string;
  environment?: string;
  /** Absent until it is known. */
  chart?: ObjectiveChart;
}): { items?: TimelineEntry[]; cut: boolean; error?: Error } {
  const { chart, environment, serviceRef } = options;
  const api = useApi(day2ApiRef);
  const { from, to } = chart ?? {};
  const { data, error } = useResource({
    key: JSON.stringify([serviceRef, environment, from, to]),
    load: async signal =>
      from === undefined
        ? { items: [] as TimelineEntry[], nextCursor: undefined }
        : api.call('listServiceTimeline', {
            params: serviceParams(serviceRef),
            query: {
              environment,
              from,
              to,
              kinds: 'deployment,incident',
              limit: most,
            },
            signal,
          }),
  });
  // The period moves on slot by slot: what is drawn stays until the new is there.
  const kept = useKept({
    key: JSON.stringify([serviceRef, environment]),
    value: data?.items,
  });
  return {
    items: data?.items ?? kept,
    cut: data?.nextCursor !== undefined,
    error,
  };
}
