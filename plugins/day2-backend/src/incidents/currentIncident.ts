import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { FoundIncident } from './IncidentReads';
import type { IncidentRow, StoredIncident } from './incidentRows';

/** An incident of which the caller owns something. */
export interface OwnedIncident extends FoundIncident {
  /** Ids of its services that he owns. */
  owned: string[];
}

/**
 * The incident as it is now.
 *
 * @throws ConflictError where it has become another one since it was checked,
 * or none of the services that the caller owns is hit any more
 */
export async function currentIncident(
  transaction: Knex.Transaction,
  found: OwnedIncident,
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
  const owned = new Set(found.owned);
  if (!incident.services.some(id => owned.has(id))) {
    throw new ConflictError(
      'The incident is of none of your services any more. Load it again',
    );
  }
  return incident;
}
