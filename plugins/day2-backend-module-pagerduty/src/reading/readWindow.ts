import { MAX_ITEMS, type PagerdutyClient } from '../client';
import { isNews } from '../mapping/isNews';
import { Incident, LogEntry } from '../schema';
import { SHORTEST_MS, type Window } from './nextWindow';

/** So many at once; where there are more, the window is made shorter. */
const MAX_AT_ONCE = 2_000;

/** What PagerDuty has of a window. */
export interface WindowContent {
  /** Opened in the window; those that could not be read by their id, if they have one. */
  incidents: Map<string, Incident>;
  unreadable: { id?: string; reason: string }[];
  /** News of the window by incident, whenever that was opened. */
  entries: Map<string, LogEntry[]>;
  /** Of all in the log. */
  count: number;
  /** Epoch milliseconds. */
  newest?: number;
  /** More happened in one second than PagerDuty lists. */
  isCut: boolean;
}

/**
 * Incidents opened in a window, then all that the log has of it: so the log is
 * not older than they are.
 *
 * @returns undefined where the window holds too much
 * @throws SourceError
 */
export async function readWindow(options: {
  client: PagerdutyClient;
  window: Window;
  signal: AbortSignal;
}): Promise<WindowContent | undefined> {
  const { client, window, signal } = options;
  const isShortest = window.to - window.from <= SHORTEST_MS;
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
    unreadable: [],
    entries: new Map(),
    count: Math.max(opened.items.length, log.items.length),
    isCut: opened.isCut || log.isCut,
  };
  for (const item of opened.items) {
    const parsed = Incident.safeParse(item);
    if (parsed.success) {
      content.incidents.set(parsed.data.id, parsed.data);
    } else {
      const [issue] = parsed.error.issues;
      content.unreadable.push({
        id: idOf(item),
        reason: `${issue.path.join('.') || 'incident'}: ${issue.message}`,
      });
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

function idOf(item: unknown): string | undefined {
  const { id } = (item ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id.slice(0, 100) : undefined;
}
