import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { fingerprintOf } from '../mapping/toIncident';
import type { AlertmanagerCursor, Known } from './cursor';
import type { ReadList } from './readList';

/**
 * For so long an alert must be missed before it counts as ended: one that
 * changes hands between two of a cluster is back within a minute.
 */
const MISSED_MS = 90_000;
/** So many at once, and that part of all, are rather a list of something else. */
const MANY = 5;
const MANY_OF_ALL = 0.3;
/** Nothing is held for longer, whatever end it names. */
const LONGEST_MS = 86_400_000;

/** An alert that has ended, as far as it is known here. */
export interface Ended {
  key: string;
  known: Known;
  missed: NonNullable<Known['missed']>;
}

/** What is open as it was said, and is listed no more. */
export function missedOf(
  cursor: AlertmanagerCursor,
  { listed, unread, isBlind }: Pick<ReadList, 'listed' | 'unread' | 'isBlind'>,
): Map<string, Known> {
  const missed = new Map<string, Known>();
  for (const [key, known] of Object.entries(cursor.open)) {
    // What is listed and cannot be read goes on.
    if (listed.has(key) || unread.has(fingerprintOf(key))) {
      delete known.missed;
    } else if (!isBlind) {
      // Where something is listed that has no name, it may be any of them.
      missed.set(key, known);
    }
  }
  return missed;
}

/**
 * What is listed no longer has ended, though the API does not say when: by the
 * first reading that missed it at the latest. A webhook that knows better
 * corrects it, whichever comes first: its version is the true end, which is
 * above all that was listed before.
 *
 * Where it may be the list that is at fault, it goes on until the end that it
 * had named: too much is missed at once, or Alertmanager was started since it
 * was sent last, which it forgets then.
 *
 * @param options - `startedAt`: of Alertmanager, epoch milliseconds; undefined where it does not tell
 * @returns what is to be said, and how many are held since so many are missed; the cursor tells what is missed
 */
export function findEnded(options: {
  cursor: AlertmanagerCursor;
  missed: Map<string, Known>;
  startedAt: number | undefined;
  now: number;
}): { ended: Ended[]; held: number } {
  const { cursor, missed, startedAt = Infinity, now } = options;
  const all = Object.keys(cursor.open).length;
  const isMany = missed.size > MANY && missed.size > all * MANY_OF_ALL;
  const ended: Ended[] = [];
  let held = 0;
  for (const [key, known] of missed) {
    known.missed ??= { at: now, seenAt: seenAt(cursor, known) ?? now };
    // Later than now a clock has noted it that was ahead.
    known.missed.at = Math.min(known.missed.at, now);
    known.missed.seenAt = Math.min(known.missed.seenAt, now);
    // It stays so when others of them have ended.
    known.missed.isOneOfMany ||= isMany;
    const { at, isOneOfMany } = known.missed;
    const isDoubtful = isOneOfMany || startedAt > (known.u ?? known.v);
    const until = Math.min(known.e ?? 0, at + LONGEST_MS);
    if (now - at >= MISSED_MS && !(isDoubtful && now < until)) {
      ended.push({ key, known, missed: known.missed });
    } else if (isOneOfMany) {
      held += 1;
    }
  }
  return { ended, held };
}

/** What the API never listed was heard of by the webhook alone. */
function seenAt(
  { readAt }: AlertmanagerCursor,
  { h, u }: Known,
): number | undefined {
  return h === '' ? u : readAt;
}

/** Its end, as it is said: on what was said of it last, by whomever. */
export function endOf(
  said: IncidentObservation,
  { known, missed }: Ended,
): IncidentObservation {
  const { suppressed, ...facts } = said;
  return {
    ...facts,
    version: Math.max(known.v, said.version) + 1,
    resolvedAt: Math.max(missed.at, facts.detectedAt),
    notes: [
      `It ended between ${instant(missed.seenAt)} and ${instant(
        missed.at,
      )}: Alertmanager's API tells no more than that.`,
    ],
  };
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
