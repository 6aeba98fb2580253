import type { HeldIncidents } from '@day2/backstage-plugin-day2-node';
import { fingerprintOf } from '../mapping/toIncident';
import type { AlertmanagerCursor } from './cursor';
import type { ReadList } from './readList';

/**
 * For so long one that was never listed goes on where the list may be at fault:
 * by then Prometheus has sent it again.
 */
const AGAIN_MS = 5 * 60_000;
/** The clocks of two replicas are not so far apart. */
const AHEAD_MS = 15 * 60_000;

/**
 * Follows what the webhook alone has told and is not listed: had it gone on, the
 * list would have it. Not what was told after the list was asked for, nor what
 * another Alertmanager told, before this one took its place.
 */
export async function followDelivered(options: {
  cursor: AlertmanagerCursor;
  list: Pick<ReadList, 'listed' | 'unread' | 'isBlind'>;
  incidents: HeldIncidents | undefined;
  /** When the list was asked for: epoch milliseconds. */
  askedAt: number;
}): Promise<void> {
  const { cursor, incidents, askedAt } = options;
  const { listed, unread, isBlind } = options.list;
  if (isBlind || !incidents) {
    return;
  }
  for (const { key, version, heardAt } of await incidents.open()) {
    // Much later a clock has noted it that was ahead.
    const isBefore = heardAt < askedAt || heardAt > askedAt + AHEAD_MS;
    const isOfIt = isBefore && heardAt >= cursor.since;
    if (
      isOfIt &&
      !Object.hasOwn(cursor.open, key) &&
      !listed.has(key) &&
      !unread.has(fingerprintOf(key))
    ) {
      cursor.open[key] = {
        v: version,
        n: cursor.reading,
        e: askedAt + AGAIN_MS,
        u: Math.min(heardAt, askedAt),
        h: '',
      };
    }
  }
}
