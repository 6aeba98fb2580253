import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { tellsOf } from './partKinds';
import { sourcesStanding } from './sourcesStanding';
import type { Feed, FeedingSource } from './SourceFeed';

/**
 * How the sources stand that tell a service of any of these kinds: a card or a
 * section of them is not current where one of these fails, and only then.
 */
export function standingOfKinds(options: {
  feed: Pick<Feed, 'configured' | 'feedingIds'>;
  kinds: FeedingSource['kinds'];
  /** Epoch milliseconds. */
  now: number;
}): SourcesStanding {
  const { feed, kinds, now } = options;
  return sourcesStanding({
    sources: feed.configured.filter(
      source => feed.feedingIds.has(source.id) && tellsOf(source, kinds),
    ),
    now,
  });
}
