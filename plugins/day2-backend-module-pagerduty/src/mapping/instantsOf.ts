import type { Incident, LogEntry } from '../schema';

/** When what happened to an incident: epoch milliseconds. */
export interface IncidentInstants {
  acknowledged?: LogEntry;
  /** Absent while it is open. */
  resolvedAt?: number;
  /** Times between, in which it was held for resolved. */
  gaps: { resolvedAt: number; reopenedAt: number }[];
}

/** It lives again: what can be done to an open incident only. */
const living =
  /^(?:trigger|reopen|acknowledge|unacknowledge|escalate|assign|delegate|snooze)_log_entry$/;

/**
 * Instants of the log: the incident itself tells of the last change alone.
 *
 * @remarks A resolution followed by nothing that only an open incident has,
 * then by another resolution, was repeated, not undone.
 *
 * @param entries - oldest first
 */
export function instantsOf(
  incident: Incident,
  entries: readonly LogEntry[],
): IncidentInstants {
  const isResolved = incident.status === 'resolved';
  const gaps: IncidentInstants['gaps'] = [];
  let resolvedAt: number | undefined;
  let reopenedAt: number | undefined;
  for (const { type, created_at: at } of entries) {
    if (type === 'resolve_log_entry') {
      if (resolvedAt !== undefined && reopenedAt !== undefined) {
        gaps.push({ resolvedAt, reopenedAt });
        resolvedAt = undefined;
        reopenedAt = undefined;
      }
      resolvedAt ??= at;
    } else if (resolvedAt !== undefined && living.test(type)) {
      reopenedAt ??= at;
    }
  }
  const changedAt =
    incident.resolved_at ??
    incident.last_status_change_at ??
    incident.updated_at;
  if (resolvedAt !== undefined) {
    // The log may lack the last change, which the incident itself tells of.
    const since = reopenedAt ?? (isResolved ? undefined : changedAt);
    const isOpenAgain = !isResolved || (changedAt ?? 0) > (since ?? Infinity);
    if (since !== undefined && since >= resolvedAt && isOpenAgain) {
      gaps.push({ resolvedAt, reopenedAt: since });
      resolvedAt = undefined;
    }
  }
  return {
    acknowledged: entries.find(({ type }) => type === 'acknowledge_log_entry'),
    ...(isResolved
      ? {
          resolvedAt: resolvedAt ?? changedAt ?? incident.created_at,
        }
      : {}),
    gaps,
  };
}
