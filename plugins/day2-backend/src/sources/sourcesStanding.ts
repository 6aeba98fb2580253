import {
  DAY_MS,
  type SourcesStanding,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import type { FeedingSource } from './SourceFeed';

/** How sources stand: how many are well, which are still read, what ails others. */
export function sourcesStanding(options: {
  sources: FeedingSource[];
  /** Epoch milliseconds. */
  now: number;
}): SourcesStanding {
  const { sources, now } = options;
  return {
    total: sources.length,
    fine: sources.filter(
      ({ error, lastSuccessAt }) => !error && lastSuccessAt !== undefined,
    ).length,
    reading: sources
      .filter(source => isReading(source, now))
      .map(({ title }) => title),
    problems: sources.flatMap(problemsOf),
  };
}

function problemsOf(source: FeedingSource): SourcesStanding['problems'] {
  const { id, title, error, failingSince } = source;
  if (!error) {
    return [];
  }
  return [
    {
      source: source.unnamed ? title : id,
      title,
      code: error.code,
      text: error.text,
      since: failingSince === undefined ? undefined : iso(failingSince),
    },
  ];
}

/**
 * Its past is still being read. One that is paused, that tells of nothing
 * since it is misconfigured, or that has failed for a day is not: it would
 * keep figures back for good.
 */
function isReading(source: FeedingSource, now: number): boolean {
  const { failingSince, kinds, lastSuccessAt, paused } = source;
  return (
    lastSuccessAt === undefined &&
    !paused &&
    kinds.length > 0 &&
    (failingSince === undefined || now - failingSince < DAY_MS)
  );
}
