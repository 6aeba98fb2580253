import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { FoundIncident } from './IncidentReads';
import type { IncidentRow, StoredIncident } from './incidentRows';

/**
 * The incident as it is now.
 *
 * @throws ConflictError where it has become another one since it was checked
 */
export async function currentIncident(
  transaction: Knex.Transaction,
  found: FoundIncident,
): Promise<StoredIncident> {
  const row: IncidentRow | undefined = await transaction('incident')
    .where('id', found.row.id)
    .first('*');
  if (!row) {
    throw new ConflictError(
      'The incident has become another one meanwhile: somebody merged or split it, or a tool told of an earlier start. Load it again, then say it again',
    );
  }
  const incident = JSON.parse(row.record) as StoredIncident;
  const services = new Set(found.services.map(({ id }) => id));
  if (!incident.services.some(id => services.has(id))) {
    throw new ConflictError(
      'The incident is of other services meanwhile. Load it again',
    );
  }
  return incident;
}
