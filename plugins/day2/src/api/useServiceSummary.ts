import { useApi } from '@backstage/core-plugin-api';
import { resolveRange, type RangeChoice } from '../time';
import { day2ApiRef } from './day2ApiRef';
import { refreshEvery } from './refreshEvery';
import { serviceParams } from './serviceParams';
import { useResource } from './useResource';
import { useRevision } from './useRevision';
import { useServiceSignal } from './useServiceSignal';

/**
 * Header and tiles of one service, in one call. `revision` becomes another when
 * the backend says that something of it is new.
 */
export function useServiceSummary(options: {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
}) {
  const { serviceRef, environment, range } = options;
  const api = useApi(day2ApiRef);
  const summary = useResource({
    key: JSON.stringify([serviceRef, environment, range]),
    load: signal =>
      api.call('getServiceSummary', {
        params: serviceParams(serviceRef),
        query: {
          environment,
          ...resolveRange({ choice: range, now: Date.now() }),
        },
        signal,
      }),
    every: refreshEvery,
  });
  const revision = useServiceSignal(summary.data?.service.id);
  useRevision({ revision, run: summary.reload });
  return { ...summary, revision };
}
