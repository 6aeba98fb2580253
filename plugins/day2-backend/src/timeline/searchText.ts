import type { Knex } from 'knex';
import { escapeLike } from '../services/ServiceStore';

/**
 * The text a record is found by, as it is stored: databases do not agree on
 * what the small letter of an Ä is, nor that it may be written in two ways.
 */
export function searchText(parts: (string | null | undefined)[]): string {
  return folded(parts.filter(Boolean).join(' '));
}

/** Narrows a query to rows whose column, a `searchText`, contains the words as they stand, in any case. */
export function whereText(
  query: Knex.QueryBuilder,
  options: { column: string; text: string },
): void {
  query.whereRaw("?? like ? escape '\\'", [
    options.column,
    `%${escapeLike(folded(options.text))}%`,
  ]);
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
