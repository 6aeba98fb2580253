import type { Tile, WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import type { Observers } from './Observers';
import { summarizeSync, type ShownApplication } from './syncSummary';

/** The tile of sync: the applications of a service, the worst first. */
export function syncTile(options: {
  applications: ShownApplication[];
  observers: Observers;
  /** Asked for where there is none. */
  whyEmpty: () => WhyEmpty;
}): Tile {
  const { applications, observers } = options;
  const summary = summarizeSync(applications);
  if (!summary) {
    return {
      state: 'empty',
      headline: 'No sync state',
      figures: [],
      empty: options.whyEmpty(),
    };
  }
  const instants = applications.flatMap(
    ({ source }) => observers.of(source).asOf ?? [],
  );
  const { state, headline, detail, unobserved, at } = summary;
  return {
    state,
    headline,
    detail,
    at: at === undefined ? undefined : iso(at),
    unobserved,
    figures: [
      {
        value: applications.length,
        unit: 'applications',
        n: applications.length,
      },
      ...summary.counts.map(each => ({
        value: each.applications,
        unit: each.word,
        n: applications.length,
      })),
    ],
    asOf: instants.length > 0 ? iso(Math.min(...instants)) : undefined,
  };
}
