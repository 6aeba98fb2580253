import {
  CELL_COUNTS,
  type CellCount,
  type DeliveryCell,
} from '@day2/backstage-plugin-day2-common';
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

/** The counts that a row holds. */
export function countsFrom(text: string): DeliveryCell['counts'] {
  const kept = JSON.parse(text) as Partial<Record<CellCount, number>>;
  const counts = {} as Record<CellCount, number>;
  for (const name of CELL_COUNTS) {
    counts[name] = kept[name] ?? 0;
  }
  return counts;
}
