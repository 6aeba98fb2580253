import { useApi } from '@backstage/core-plugin-api';
import type { TimelineKind } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, refreshEvery, serviceParams, usePages } from '../api';
import { resolveRange, type RangeChoice } from '../time';

/** Entries the chart draws at most; the list below goes on without end. */
export const drawnAtMost = 1_000;

/** What happened to a service, newest first. */
export function useTimeline(options: {
  serviceRef: string;
  environment?: string;
  range: RangeChoice;
  kinds: TimelineKind[];
  text: string;
  /** Entries wanted; the chart's bound where absent. */
  upTo?: number;
}) {
  const { serviceRef, environment, range, kinds, text } = options;
  const upTo = options.upTo ?? drawnAtMost;
  const api = useApi(day2ApiRef);
  return usePages({
    key: JSON.stringify([serviceRef, environment, range, kinds, text]),
    load: (cursor, signal) =>
      api.call('listServiceTimeline', {
        params: serviceParams(serviceRef),
        query: {
          environment,
          ...resolveRange({ choice: range, now: Date.now() }),
          kinds: kinds.join(',') || undefined,
          text: text || undefined,
          limit: Math.min(upTo, 200),
          cursor,
        },
        signal,
      }),
    every: refreshEvery,
    upTo,
  });
}
