import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';

/** When the impact was over: mitigated, else resolved; absent while it is open. */
export function endOf(incident: IncidentRecord): string | undefined {
  if (incident.state === 'open') {
    return undefined;
  }
  const { mitigatedAt, resolvedAt } = incident.instants;
  return mitigatedAt.at ?? resolvedAt.at;
}
