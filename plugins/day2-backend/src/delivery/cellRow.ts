import {
  CELL_COUNTS,
  unpackSeconds,
  type CellCount,
  type DeliveryCell,
} from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import { toBytes } from './deliveryRow';

/** Which cell: a service, an environment and a UTC day (days since 1970). */
export interface CellKey {
  service_id: string;
  environment: string;
  day: number;
}

/** A row of `delivery_cell`. */
export interface CellRow extends CellKey {
  counts: string;
  lead_seconds: Uint8Array;
  recovery_seconds: Uint8Array;
  quarters: Uint8Array;
  oldest_open_at: number | null;
}

const NOTHING = new Int32Array();

/** A cell as its row. */
export function cellToRow(key: CellKey, cell: DeliveryCell): CellRow {
  const counts: Partial<Record<CellCount, number>> = {};
  for (const name of CELL_COUNTS) {
    if (cell.counts[name] > 0) {
      counts[name] = cell.counts[name];
    }
  }
  return {
    ...key,
    counts: JSON.stringify(counts),
    lead_seconds: toBytes(cell.leadSeconds),
    recovery_seconds: toBytes(cell.recoverySeconds),
    quarters: toBytes(cell.quarters),
    oldest_open_at: cell.oldestOpenAt ?? null,
  };
}

/** The cell that a row is of. */
export function cellFromRow(row: CellRow): DeliveryCell {
  const kept = JSON.parse(row.counts) as Partial<Record<CellCount, number>>;
  const counts = {} as Record<CellCount, number>;
  for (const name of CELL_COUNTS) {
    counts[name] = kept[name] ?? 0;
  }
  const oldestOpenAt = toNumber(row.oldest_open_at);
  return {
    counts,
    leadSeconds: unpacked(row.lead_seconds),
    recoverySeconds: unpacked(row.recovery_seconds),
    quarters: unpacked(row.quarters),
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
  };
}

// Most have no recovery, and many no lead time.
function unpacked(bytes: Uint8Array): Int32Array {
  return bytes.length === 1 ? NOTHING : unpackSeconds(bytes);
}
