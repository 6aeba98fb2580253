import type { Knex } from 'knex';

/**
 * The ties of subjects to services that hold now: whoever reads the table
 * `link` begins here. Those that ended stay in it, as history.
 */
export function activeLinks(database: Knex) {
  return database('link').whereNull('link.valid_to');
}
