import {
  ServicePart,
  type ServiceSummary,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { sourcesOfPart } from '../sources/partKinds';
import { asOfFeed, fedBy, type Feed } from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';

/** Of each part of a service's page how its sources stand, and how old it is by them. */
export function partStandings(options: {
  feed: Feed;
  /** Epoch milliseconds. */
  now: number;
}): ServiceSummary['parts'] {
  const { feed, now } = options;
  const standing = (part: ServicePart) => {
    const asOf = asOfFeed(feed, now, part);
    return {
      ...sourcesStanding({ sources: sourcesOfPart(part, fedBy(feed)), now }),
      asOf: asOf === undefined ? undefined : iso(asOf),
    };
  };
  return {
    sync: standing('sync'),
    objectives: standing('objectives'),
    incidents: standing('incidents'),
    onCall: standing('onCall'),
    deployments: standing('deployments'),
    changes: standing('changes'),
    timeline: standing('timeline'),
  };
}
