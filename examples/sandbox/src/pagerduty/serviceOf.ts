import type { ServiceSpec } from '../world/ServiceSpec';
import { instant } from './reference';
import { policyReference, serviceReference } from './staff';
import type { ToldIncident } from './incidentsOf';

/** A service of PagerDuty: each of the company's is one. */
export function serviceOf(options: {
  spec: ServiceSpec;
  /** When the world began, epoch milliseconds. */
  start: number;
  incidents: ToldIncident[];
  url: string;
}): { id: string; [field: string]: unknown } {
  const { spec, start, url } = options;
  const self = serviceReference(spec, url);
  const own = options.incidents.filter(
    ({ incident }) => incident.service.id === self.id,
  );
  const open = own.filter(({ incident }) => incident.status !== 'resolved');
  const isTriggered = open.some(
    ({ incident }) => incident.status === 'triggered',
  );
  const status = isTriggered ? 'critical' : 'warning';
  return {
    ...self,
    type: 'service',
    name: spec.name,
    description: spec.description,
    created_at: instant(start),
    updated_at: instant(start),
    status: open.length > 0 ? status : 'active',
    teams: [],
    alert_creation: 'create_alerts_and_incidents',
    last_incident_timestamp: own[own.length - 1]?.incident.created_at ?? null,
    escalation_policy: policyReference(spec.team, url),
    incident_urgency_rule: {
      type: 'constant',
      urgency: spec.tier <= 2 ? 'high' : 'low',
    },
    acknowledgement_timeout: null,
    auto_resolve_timeout: null,
    integrations: [],
  };
}
