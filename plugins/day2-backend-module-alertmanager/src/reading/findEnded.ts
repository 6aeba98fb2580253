import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { fingerprintOf } from '../mapping/toIncident';
import type { AlertmanagerCursor } from './cursor';
import type { ReadList } from './readList';

/**
 * For so long an alert must be missed before it counts as ended: an
 * Alertmanager that was started anew hears of its alerts within a minute.
 */
const MISSED_MS = 90_000;

/**
 * What is listed no longer has ended, though the API does not say when: by the
 * first reading that missed it at the latest. A webhook that knows better
 * corrects it, whichever comes first: its version is the true end, which is
 * above all that was listed before. What is listed and cannot be read goes on.
 *
 * @returns what is to be said; the cursor tells what is missed
 */
export function findEnded(options: {
  cursor: AlertmanagerCursor;
  list: Pick<ReadList, 'listed' | 'unread' | 'isBlind'>;
  now: number;
}): IncidentObservation[] {
  const { cursor, now } = options;
  const { listed, unread, isBlind } = options.list;
  const ended: IncidentObservation[] = [];
  for (const [key, known] of Object.entries(cursor.open)) {
    if (listed.has(key) || unread.has(fingerprintOf(key))) {
      delete known.missed;
      continue;
    }
    if (isBlind) {
      // It may be the one of which nothing can be read.
      continue;
    }
    known.missed ??= { at: now, seenAt: cursor.readAt ?? now };
    const { at, seenAt } = known.missed;
    if (now - at < MISSED_MS) {
      continue;
    }
    const { suppressed, ...facts } = known.o;
    ended.push({
      ...facts,
      version: known.v + 1,
      resolvedAt: Math.max(at, facts.detectedAt),
      notes: [
        `It ended between ${instant(seenAt)} and ${instant(
          at,
        )}: Alertmanager's API tells no more than that.`,
      ],
    });
  }
  return ended;
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
