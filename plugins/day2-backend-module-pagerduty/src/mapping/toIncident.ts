import type {
  IncidentObservation,
  ObservedPerson,
} from '@day2/backstage-plugin-day2-node';
import type { AccountConfig } from '../config';
import type { Directory } from '../Directory';
import type { Incident, LogEntry, Reference } from '../schema';
import { environmentOf } from './environmentOf';
import { instantsOf } from './instantsOf';
import { isNews } from './isNews';
import { notesOf } from './notesOf';
import { oneLine } from './oneLine';
import { subjectOf } from './subjectOf';

const MAX_TITLE = 1000;
const MAX_TEXT = 5000;
const MAX_PERSONS = 50;

/** Values of the custom fields that are configured. */
export interface FieldWords {
  /** Epoch milliseconds. */
  impactStartedAt?: number;
  cause?: string;
  environment?: string;
}

/** What is read of one incident. */
export interface ReadIncident {
  incident: Incident;
  /** All of its log, in any order. */
  entries: LogEntry[];
  fields?: FieldWords;
}

/** What mapping needs besides the incident. */
export interface MappingContext {
  config: Pick<AccountConfig, 'name' | 'environments' | 'fields'>;
  directory: Pick<Directory, 'personOf'>;
}

/**
 * An incident as it stands in PagerDuty. Its version is the instant of the last
 * thing that happened to it.
 */
export function toIncident(
  read: ReadIncident,
  { config, directory }: MappingContext,
): IncidentObservation {
  const { incident, fields = {} } = read;
  const entries = sorted(read.entries);
  const { acknowledged, resolvedAt, gaps } = instantsOf(incident, entries);
  const { id, service, urgency, priority } = incident;
  const title =
    oneLine(incident.title ?? incident.summary, MAX_TITLE) ??
    `Incident ${incident.incident_number ?? id}`;
  const notes = notesOf(incident, entries);
  const priorityWord = oneLine(priority?.summary ?? priority?.name, 100);
  const urgencyWord = oneLine(urgency, 100);
  const environment = environmentOf({
    said: fields.environment,
    service: service.summary,
    title,
    rules: config.environments,
  });
  const isPerson = (agent: Reference | undefined): agent is Reference =>
    agent?.type?.startsWith('user') ?? false;
  return {
    kind: 'incident',
    key: id,
    version: versionOf(read),
    subject: subjectOf({ service, account: config.name }),
    tool: 'pagerduty',
    nature: 'incident',
    ...(environment ? { environment } : {}),
    title,
    ...withText(incident, title, notes),
    ...withUrl(incident.html_url),
    words: [
      ...(priorityWord
        ? [{ field: 'priority' as const, word: priorityWord }]
        : []),
      ...(urgencyWord
        ? [{ field: 'urgency' as const, word: urgencyWord }]
        : []),
    ],
    ...(fields.impactStartedAt === undefined
      ? {}
      : { impactStartedAt: fields.impactStartedAt }),
    detectedAt: incident.created_at,
    ...(acknowledged ? { acknowledgedAt: acknowledged.created_at } : {}),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    ...(gaps.length > 0 ? { gaps: gaps.slice(-200) } : {}),
    ...(fields.cause && config.fields.cause
      ? {
          causes: [
            {
              field: oneLine(config.fields.cause, 200) ?? 'cause',
              name: fields.cause.slice(0, 1000),
            },
          ],
        }
      : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(isPerson(acknowledged?.agent)
      ? { acknowledgedBy: directory.personOf(acknowledged.agent) }
      : {}),
    ...withAssignees(
      incident.assignments
        .filter(({ assignee }) => isPerson(assignee))
        .map(({ assignee }) => directory.personOf(assignee)),
    ),
  };
}

/** Epoch milliseconds of the last thing that happened to an incident. */
export function versionOf({ incident, entries }: ReadIncident): number {
  return Math.max(
    incident.created_at,
    incident.updated_at ?? 0,
    incident.last_status_change_at ?? 0,
    incident.resolved_at ?? 0,
    ...entries.filter(isNews).map(entry => entry.created_at),
  );
}

/** Oldest first, each once; the log has the newest first, and of one second its order counts. */
function sorted(entries: readonly LogEntry[]): LogEntry[] {
  return [...new Map(entries.map(entry => [entry.id, entry])).values()]
    .reverse()
    .sort((a, b) => a.created_at - b.created_at);
}

function withText(incident: Incident, title: string, notes: string[]) {
  const { body, description } = incident;
  const text =
    body?.details ??
    (description === title ? undefined : description) ??
    notes[0];
  return text ? { description: text.slice(0, MAX_TEXT) } : {};
}

function withUrl(url: string | undefined) {
  return url && /^https?:\/\/[^@\s]+$/.test(url) && url.length <= 2000
    ? { url }
    : {};
}

function withAssignees(persons: ObservedPerson[]) {
  const assignees = [
    ...new Map(
      persons.map(each => [`${each.namespace} ${each.key}`, each]),
    ).values(),
  ].slice(0, MAX_PERSONS);
  return assignees.length > 0 ? { assignees } : {};
}
