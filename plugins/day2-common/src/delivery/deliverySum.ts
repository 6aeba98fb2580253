import type { CellCount } from './cell';
import type { Numbers } from './numbers';

/**
 * The sum of any number of cells (one cell is one as well), as figures are
 * computed from it. Exact: nothing that a figure needs is lost.
 *
 * @public
 */
export interface DeliverySum {
  counts: Readonly<Record<CellCount, number>>;
  leadSeconds: Numbers;
  recoverySeconds: Numbers;
  /** Quarters of an hour since 1970 in which a deployment that counts finished. */
  quarters: Numbers;
  /** When the oldest open failure began: epoch milliseconds. */
  oldestOpenAt?: number;
}
