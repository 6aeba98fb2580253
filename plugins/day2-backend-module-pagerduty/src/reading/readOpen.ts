import { MAX_ITEMS, type PagerdutyClient } from '../client';
import { Incident } from '../schema';
import type { PagerdutyCursor } from './cursor';
import type { Due } from './findDue';

/** So long PagerDuty must know an open incident no more, until it is taken off. */
const GONE_MS = 24 * 60 * 60 * 1000;
/** How often it is asked for meanwhile. */
const ASK_AGAIN_MS = 60 * 60 * 1000;

/** What the list of open incidents tells beyond the log. */
export interface OpenIncidents {
  due: Due[];
  /** What the list says they were updated at, to be kept once they are read: epoch milliseconds. */
  updated: Map<string, number>;
  /** Not known to PagerDuty for a day, unless it knows them when they are asked for now. */
  missed: string[];
  /** There are more than PagerDuty lists. */
  isCut: boolean;
}

/**
 * Open incidents that moved without a word in the log, that were opened before
 * all that was read, or that are open no more.
 *
 * @throws SourceError
 */
export async function readOpen(options: {
  client: PagerdutyClient;
  cursor: PagerdutyCursor;
  signal: AbortSignal;
  now: number;
}): Promise<OpenIncidents> {
  const { client, cursor, signal, now } = options;
  const { items, isCut } = await client.list({
    path: '/incidents',
    key: 'incidents',
    query: {
      'statuses[]': ['triggered', 'acknowledged'],
      date_range: 'all',
      sort_by: 'created_at:asc',
      time_zone: 'UTC',
    },
    max: MAX_ITEMS,
    signal,
  });
  const result: OpenIncidents = {
    due: [],
    updated: new Map(),
    missed: [],
    isCut,
  };
  const listed = new Set<string>();
  for (const item of items) {
    const { id } = (item ?? {}) as { id?: unknown };
    if (typeof id === 'string') {
      listed.add(id);
    }
    const parsed = Incident.safeParse(item);
    if (parsed.success) {
      const { id: key, updated_at: updated = 0, created_at } = parsed.data;
      const known = cursor.open[key];
      if (known) {
        delete known.g;
      }
      if (known?.u !== updated) {
        result.due.push({ id: key, upTo: cursor.done[key] ?? created_at });
        result.updated.set(key, updated);
      }
    }
  }
  if (isCut) {
    return result;
  }
  for (const [id, known] of Object.entries(cursor.open)) {
    if (listed.has(id)) {
      continue;
    }
    if (known.g !== undefined) {
      // A clock that was ahead has noted it.
      known.g = Math.min(known.g, now);
    }
    const isMissed = known.g !== undefined && now - known.g >= GONE_MS;
    if (isMissed) {
      result.missed.push(id);
    }
    if (isMissed || known.g === undefined || isTimeToAsk(known.g, now)) {
      result.due.push({ id, upTo: cursor.done[id] ?? 0 });
    }
  }
  return result;
}

/** In the first minutes of each hour since. */
function isTimeToAsk(since: number, now: number): boolean {
  return (now - since) % ASK_AGAIN_MS < ASK_AGAIN_MS / 12;
}
