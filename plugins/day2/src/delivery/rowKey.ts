import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';

/** What names a row in lists and in the address: its ref, or that it is all. */
export function rowKey(row: Pick<ScoreboardRow, 'ref' | 'grouping'>): string {
  return row.ref ?? row.grouping;
}
