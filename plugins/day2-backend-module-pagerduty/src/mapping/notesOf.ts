import type { Incident, LogEntry } from '../schema';

const MAX_NOTES = 50;
const MAX_NOTE = 2000;

/**
 * What people noted, oldest first, and into what it was merged; where there is
 * too much the newest stay.
 *
 * @param entries - oldest first
 */
export function notesOf(
  incident: Incident,
  entries: readonly LogEntry[],
): string[] {
  const notes = entries
    .filter(({ type }) => type === 'annotate_log_entry')
    .flatMap(({ channel }) => channel?.content ?? channel?.summary ?? []);
  const { type, incident: into } = incident.resolve_reason ?? {};
  const merged =
    type === 'merge_resolve_reason'
      ? [`Merged into ${into?.summary ?? into?.id ?? 'another incident'}`]
      : [];
  return [...notes, ...merged]
    .slice(-MAX_NOTES)
    .map(note => note.slice(0, MAX_NOTE));
}
