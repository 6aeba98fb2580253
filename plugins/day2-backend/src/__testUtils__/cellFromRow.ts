import {
  unpackSeconds,
  type DeliveryCell,
} from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import { countsFrom, type CellRow } from '../delivery/cellRow';

/** The cell that a row of `delivery_cell` is of. */
export function cellFromRow(row: CellRow): DeliveryCell {
  const oldestOpenAt = toNumber(row.oldest_open_at);
  return {
    counts: countsFrom(row.counts),
    leadSeconds: unpackSeconds(row.lead_seconds),
    recoverySeconds: unpackSeconds(row.recovery_seconds),
    quarters: unpackSeconds(row.quarters),
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
  };
}
