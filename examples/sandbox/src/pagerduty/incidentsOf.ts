import type { Outage } from '../world/outages/Outage';
import type { ServiceSpec } from '../world/ServiceSpec';
import type { World } from '../world/World';
import { logEntriesOf, priorityOf, type LogEntry } from './logEntriesOf';
import { objectId } from './objectId';
import { instant, reference } from './reference';
import {
  policyReference,
  serviceReference,
  shiftAt,
  userReference,
} from './staff';

/** An outage as PagerDuty tells it. */
export interface ToldIncident {
  incident: Incident;
  /** Oldest first. */
  entries: LogEntry[];
}

/** An incident of the API. */
export interface Incident {
  id: string;
  incident_number: number;
  status: 'triggered' | 'acknowledged' | 'resolved';
  created_at: string;
  urgency: string;
  service: { id: string };
  [field: string]: unknown;
}

/**
 * Every outage that was noticed by the world's end, in order of that.
 *
 * @param options - `since`: epoch milliseconds; those that ended before are left out
 */
export function incidentsOf(
  world: World,
  url: string,
  options: { since?: number } = {},
): ToldIncident[] {
  const { since = 0 } = options;
  const specs = new Map(world.state.specs().map(spec => [spec.name, spec]));
  return world.outages
    .filter(
      (outage): outage is Outage & { detectedAt: number } =>
        outage.detectedAt !== undefined,
    )
    .sort((a, b) => a.detectedAt - b.detectedAt || (a.id < b.id ? -1 : 1))
    .flatMap((outage, index) => {
      const spec = specs.get(outage.service);
      const number = index + 1;
      const isOver = (outage.resolvedAt ?? Infinity) < since;
      return spec && !isOver
        ? [told({ outage, spec, number, until: world.end, url })]
        : [];
    });
}

function told(options: {
  outage: Outage & { detectedAt: number };
  spec: ServiceSpec;
  number: number;
  until: number;
  url: string;
}): ToldIncident {
  const { outage, spec, number, url } = options;
  const entries = logEntriesOf(options);
  const has = (type: string) =>
    entries.find(entry => entry.type === `${type}_log_entry`);
  const [acknowledged, resolved] = [has('acknowledge'), has('resolve')];
  const last = resolved ?? acknowledged ?? entries[0];
  const news = entries.filter(({ type }) => type !== 'notify_log_entry');
  const { person } = shiftAt(spec.team, outage.detectedAt);
  const priority = has('priority_change') && priorityOf(outage, spec);
  return {
    entries,
    incident: {
      ...reference({
        type: 'incident',
        key: outage.id,
        summary: `[#${number}] ${outage.title}`,
        url,
      }),
      id: objectId('incident', outage.id),
      type: 'incident',
      incident_number: number,
      title: outage.title,
      description: outage.title,
      incident_key: outage.id,
      created_at: instant(outage.detectedAt),
      updated_at: instant(Math.max(...news.map(({ at }) => at))),
      status: statusOf(acknowledged, resolved),
      last_status_change_at: last.created_at,
      last_status_change_by: last.agent,
      resolved_at: resolved?.created_at ?? null,
      service: serviceReference(spec, url),
      escalation_policy: policyReference(spec.team, url),
      assigned_via: 'escalation_policy',
      assignments: resolved
        ? []
        : [
            {
              at: instant(outage.detectedAt),
              assignee: acknowledged?.agent ?? userReference(person, url),
            },
          ],
      acknowledgements:
        acknowledged && !resolved
          ? [{ at: acknowledged.created_at, acknowledger: acknowledged.agent }]
          : [],
      priority: priority
        ? {
            ...reference({
              type: 'priority',
              key: priority,
              summary: priority,
              url,
            }),
            type: 'priority',
            name: priority,
          }
        : null,
      urgency: outage.urgency,
      alert_counts: {
        all: 1,
        triggered: resolved ? 0 : 1,
        resolved: resolved ? 1 : 0,
      },
      first_trigger_log_entry: {
        id: entries[0].id,
        type: 'trigger_log_entry_reference',
      },
      teams: [],
      pending_actions: [],
      is_mergeable: true,
      resolve_reason: null,
      incident_type: { name: 'incident_default' },
    },
  };
}

function statusOf(
  acknowledged: LogEntry | undefined,
  resolved: LogEntry | undefined,
): Incident['status'] {
  if (resolved) {
    return 'resolved';
  }
  return acknowledged ? 'acknowledged' : 'triggered';
}
