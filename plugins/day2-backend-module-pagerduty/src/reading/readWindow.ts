import { MAX_ITEMS, type PagerdutyClient } from '../client';
import { isNews } from '../mapping/isNews';
import { Id, Incident, LogEntry } from '../schema';
import { SHORTEST_MS, type Window } from './nextWindow';

/** So many at once; where there are more, the window is made shorter. */
const MAX_AT_ONCE = 2_000;

/** What PagerDuty has of a window. */
export interface WindowContent {
  /** Opened in the window; undefined where the list could not be understood: by itself it is asked for. */
  incidents: Map<string, Incident | undefined>;
  /** Without an id that could be asked for. */
  nameless: number;
  /** News of the window by incident, whenever that was opened. */
  entries: Map<string, LogEntry[]>;
  /** Of all in the log. */
  count: number;
  /** Epoch milliseconds. */
  newest?: number;
  /** More happened in a window that can be made no shorter than PagerDuty lists. */
  isCut: boolean;
}

/**
 * Incidents opened in a window, then all that the log has of it: so the log is
 * not older than they are.
 *
 * @param options - `isShortest`: it can be made no shorter; as much is read as is listed
 * @returns undefined where the window holds too much
 * @throws SourceError
 */
export async function readWindow(options: {
  client: PagerdutyClient;
  window: Window;
  isShortest?: boolean;
  signal: AbortSignal;
}): Promise<WindowContent | undefined> {
  const { client, window, signal } = options;
  const isShortest =
    options.isShortest || window.to - window.from <= SHORTEST_MS;
  const query = {
    since: new Date(window.from).toISOString(),
    until: new Date(window.to).toISOString(),
    time_zone: 'UTC',
  };
  const max = isShortest ? MAX_ITEMS : MAX_AT_ONCE;
  const opened = await client.list({
    path: '/incidents',
    key: 'incidents',
    query: { ...query, sort_by: 'created_at:asc' },
    max,
    signal,
  });
  if (opened.isCut && !isShortest) {
    return undefined;
  }
  const log = await client.list({
    path: '/log_entries',
    key: 'log_entries',
    query,
    max,
    signal,
  });
  if (log.isCut && !isShortest) {
    return undefined;
  }
  const content: WindowContent = {
    incidents: new Map(),
    nameless: 0,
    entries: new Map(),
    count: Math.max(opened.items.length, log.items.length),
    isCut: opened.isCut || log.isCut,
  };
  for (const item of opened.items) {
    const id = Id.safeParse((item as { id?: unknown } | null)?.id);
    if (id.success) {
      content.incidents.set(id.data, Incident.safeParse(item).data);
    } else {
      content.nameless += 1;
    }
  }
  for (const item of log.items) {
    takeEntry(item, content);
  }
  return content;
}

function takeEntry(item: unknown, content: WindowContent): void {
  const parsed = LogEntry.safeParse(item);
  if (!parsed.success) {
    return;
  }
  const entry = parsed.data;
  content.newest = Math.max(content.newest ?? 0, entry.created_at);
  if (entry.incident && isNews(entry)) {
    const known = content.entries.get(entry.incident.id);
    if (known) {
      known.push(entry);
    } else {
      content.entries.set(entry.incident.id, [entry]);
    }
  }
}
