import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import { cutPage, decodeCursor } from '../http/cursor';
import { placeRank } from './placeRank';

/** A cursor has room for no more; beyond it the id tells the order. */
const MAX_ORDER = 120;

/** Where an application runs. */
export interface ApplicationPlace {
  id: string;
  name: string;
  environment?: string;
  target?: string;
}

/**
 * A page of the applications of a service: production first, then by target and
 * name. It goes on where the one before ended, whatever came or went since.
 *
 * @throws InputError when the cursor is of another list
 */
export function pageOfApplications(options: {
  places: ApplicationPlace[];
  environments: EnvironmentRule[];
  cursor?: string;
  limit: number;
}): { ids: string[]; nextCursor?: string } {
  const { places, environments, limit } = options;
  const after = decodeCursor({ cursor: options.cursor, kind: 'string' });
  const ordered = places
    .map(place => ({ id: place.id, at: orderOf(place, environments) }))
    .filter(each => !after || compare(each, after) > 0)
    .sort(compare);
  const { rows, nextCursor } = cutPage({
    rows: ordered,
    limit,
    position: row => row,
  });
  return { ids: rows.map(({ id }) => id), nextCursor };
}

function orderOf(place: ApplicationPlace, rules: EnvironmentRule[]): string {
  const { environment, target, name } = place;
  const rank = String(placeRank(environment, rules)).padStart(5, '0');
  return [rank, environment ?? '', target ?? '', name]
    .join(' ')
    .slice(0, MAX_ORDER);
}

function compare(
  a: { at: string; id: string },
  b: { at: string; id: string },
): number {
  return compareText(a.at, b.at) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
