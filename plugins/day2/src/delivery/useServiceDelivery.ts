import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, serviceParams, useResource } from '../api';
import { resolveRange, type RangeChoice } from '../time';
import { readerZone } from './boardState';

/** The delivery figures of one service, with trend. */
export function useServiceDelivery(options: {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  /** With the period before: by default. */
  compare?: boolean;
}) {
  const { serviceRef, environment, range, compare = true } = options;
  const api = useApi(day2ApiRef);
  return useResource({
    key: JSON.stringify([serviceRef, environment, range, compare]),
    load: signal =>
      api.call('getServiceDelivery', {
        params: serviceParams(serviceRef),
        query: {
          ...resolveRange({ choice: range, now: Date.now() }),
          zone: readerZone(),
          environment,
          compare: String(compare),
        },
        signal,
      }),
    every: refreshEvery,
  });
}
