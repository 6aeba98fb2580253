import type { Incident, LogEntry } from '../schema';
import type { PagerdutyCursor } from './cursor';
import type { Window } from './nextWindow';
import type { WindowContent } from './readWindow';

/** An incident of which there is news. */
export interface Due {
  id: string;
  /** Newest of its log that was met: epoch milliseconds. */
  upTo: number;
  /** All that is to be known of it, where the window holds that. */
  whole?: { incident: Incident; entries: LogEntry[] };
}

/**
 * What a window tells that was not read yet.
 *
 * @param options - `alone`: of each incident more is wanted than a window holds
 */
export function findDue(options: {
  content: WindowContent;
  window: Window;
  cursor: PagerdutyCursor;
  alone: boolean;
}): Due[] {
  const { content, window, cursor, alone } = options;
  const due: Due[] = [];
  for (const id of new Set([
    ...content.incidents.keys(),
    ...content.entries.keys(),
  ])) {
    const incident = content.incidents.get(id);
    const entries = content.entries.get(id) ?? [];
    const upTo = Math.max(
      // One that could not be understood is of this window.
      incident?.created_at ?? window.from,
      ...entries.map(entry => entry.created_at),
    );
    if (upTo <= (cursor.done[id] ?? -1)) {
      continue;
    }
    due.push({
      id,
      upTo,
      ...(incident && !alone && isWhole({ incident, entries, window })
        ? { whole: { incident, entries } }
        : {}),
    });
  }
  return due;
}

/**
 * It began and ended in the window, and nobody noted anything: texts of notes
 * come in full only when the incident's own log is asked for.
 */
function isWhole(options: {
  incident: Incident;
  entries: LogEntry[];
  window: Window;
}): boolean {
  const { incident, entries, window } = options;
  const last = entries.reduce<LogEntry | undefined>(
    (newest, entry) =>
      newest && newest.created_at >= entry.created_at ? newest : entry,
    undefined,
  );
  const { status, updated_at, last_status_change_at, resolved_at } = incident;
  return (
    status === 'resolved' &&
    last?.type === 'resolve_log_entry' &&
    entries.some(({ type }) => type === 'trigger_log_entry') &&
    !entries.some(({ type }) => type === 'annotate_log_entry') &&
    incident.created_at >= window.from &&
    [updated_at, last_status_change_at, resolved_at].every(
      at => at === undefined || at < window.to,
    )
  );
}
