import type {
  DeliveryIncidents,
  LinkedIncident,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { SequenceKey } from '../derive/DirtyMarks';

/**
 * The incidents that deployments of a sequence caused, as far as is known, and
 * those that they mend, by the deployment's id: one query.
 */
export async function linkedIncidents(
  database: Knex,
  sequence: SequenceKey,
): Promise<Map<string, DeliveryIncidents>> {
  const rows: { candidate_id: string; role: string; link: string }[] =
    await database('suspect')
      .where({
        service_id: sequence.serviceId,
        environment: sequence.environment,
        kind: 'deployment',
      })
      .whereNotNull('link')
      .orderBy('incident_id')
      .select('candidate_id', 'role', 'link');
  const found = new Map<
    string,
    { caused: LinkedIncident[]; mended: LinkedIncident[] }
  >();
  for (const { candidate_id, role, link } of rows) {
    const known = found.get(candidate_id) ?? { caused: [], mended: [] };
    found.set(candidate_id, known);
    known[role === 'cause' ? 'caused' : 'mended'].push(JSON.parse(link));
  }
  return found;
}
