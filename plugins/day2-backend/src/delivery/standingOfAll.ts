import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { oldestSuccess, type SourceFeed } from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';
import type { DeliveryReads } from './DeliveryReads';

/**
 * How an answer about all services stands: how its sources do, and how old it
 * is, by these and by the cells that wait; of no instant while a past is read.
 */
export async function standingOfAll(options: {
  feed: SourceFeed;
  reads: DeliveryReads;
  credentials: BackstageCredentials;
  /** Epoch milliseconds. */
  now: number;
}): Promise<{ sources: SourcesStanding; asOf?: string }> {
  const { feed, reads, now } = options;
  const [configured, behind] = await Promise.all([
    feed.configured(),
    reads.behindSince(),
  ]);
  const able = configured.filter(({ kinds }) => kinds.includes('deployment'));
  // Posted deployments are here at once.
  const read = able.length === 0 ? now : oldestSuccess(able);
  const sources = sourcesStanding({
    // What is misconfigured names no kind, and might have told of any.
    sources: (await feed.seenBy({ ...options, configured })).filter(
      ({ kinds }) =>
        kinds.length === 0 ||
        kinds.includes('deployment') ||
        kinds.includes('change'),
    ),
    now,
  });
  return {
    sources,
    asOf:
      read === undefined || sources.reading.length > 0
        ? undefined
        : iso(Math.min(read, behind ?? read)),
  };
}
