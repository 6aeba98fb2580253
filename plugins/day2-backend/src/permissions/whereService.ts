import type { Knex } from 'knex';
import type { Visibility } from './VisibleServices';

/**
 * Narrows a query to the services a caller may see. However many they are,
 * they are one parameter: both databases limit how many a statement may have.
 */
export function whereService(
  query: Knex.QueryBuilder,
  options: { column: string; visible: Visibility },
): void {
  const { column, visible } = options;
  if (visible.kind === 'all') {
    return;
  }
  if (visible.kind === 'none') {
    query.whereRaw('1 = 0');
    return;
  }
  whereInList(query, { column, values: visible.serviceIds });
}

/** `column in (values)` with one parameter, however long the list. */
export function whereInList(
  query: Knex.QueryBuilder,
  options: { column: string; values: string[] },
): void {
  const { column, values } = options;
  if (query.client.config.client === 'pg') {
    query.whereRaw('?? = any(?::text[])', [column, values]);
  } else {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(values),
    ]);
  }
}
