import type { IncidentState } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Range } from '../http/range';

/** They are not over. */
export const UNRESOLVED: readonly IncidentState[] = ['open', 'mitigated'];

/**
 * Narrows a query on `incident` to those that were there in a range, unresolved
 * ones too: by an index each, as most of all are over long before.
 *
 * @param options - `serviceId`: where the query is of one service alone; it has
 * few, of which each is looked at
 */
export function whereThere(
  query: Knex.QueryBuilder,
  options: { database: Knex; range: Range; serviceId?: string },
): void {
  const { database, range, serviceId } = options;
  query.where('incident.started_at', '<', range.to);
  if (serviceId !== undefined) {
    query.where(where =>
      where
        .whereNull('incident.resolved_at')
        .orWhere('incident.resolved_at', '>=', range.from),
    );
    return;
  }
  query.whereIn(
    'incident.id',
    database('incident as standing')
      .whereIn('standing.state', UNRESOLVED)
      .select('standing.id')
      .unionAll(
        database('incident as over')
          .where('over.resolved_at', '>=', range.from)
          .select('over.id'),
      ),
  );
}
