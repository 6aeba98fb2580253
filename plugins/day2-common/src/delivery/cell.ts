import type { DeliverySum } from './deliverySum';
import type { KeptDelivery } from './keptDelivery';
import { joinNumbers, partsOf, type Numbers } from './numbers';

/** What a cell counts: each a number of deployments, but for the anomalies. @public */
export const CELL_COUNTS = [
  /** D. */
  'deployments',
  /** Went live and are no rollbacks: what the change fail rate divides by. */
  'changes',
  /** Those of `changes` that failed. */
  'failed',
  /** Those of `failed` that only suspected incidents make so. */
  'failedSuspected',
  /** Those of `deployments` that are rework. */
  'rework',
  /** Those of `rework` that only mend what suspected incidents tell of. */
  'reworkSuspected',
  /** By what the tool said of the roll-out. */
  'rolloutsSucceeded',
  'rolloutsFailed',
  'rolloutsCancelled',
  /** The source could have said how it ended, and has not. */
  'rolloutsUnsaid',
  /** Of Git alone: nothing is said of the roll-out. */
  'rolloutsUnseen',
  /** Those of `deployments` whose commits could be measured (have a predecessor) ... */
  'leadExpected',
  /** ... and those whose commits are all known. */
  'leadMeasured',
  /** Commits left out, as their lead time is negative. */
  'leadAnomalies',
  /** Failures left out, as they ended before they began. */
  'recoveryAnomalies',
  /** Failures not ended yet. */
  'open',
  /** Recoveries that are measured by suspected incidents alone. */
  'recoveriesSuspected',
] as const;

/** @public */
export type CellCount = (typeof CELL_COUNTS)[number];

/**
 * The deliveries of one service in one environment on one UTC day, or of any
 * number of such cells.
 *
 * @public
 */
export interface DeliveryCell extends DeliverySum {
  counts: Record<CellCount, number>;
  /** Sorted. */
  leadSeconds: Int32Array;
  /** Sorted. */
  recoverySeconds: Int32Array;
  /** Quarters of an hour since 1970 in which a deployment that counts finished: sorted, each once. */
  quarters: Int32Array;
  /** When the oldest open failure began: epoch milliseconds. */
  oldestOpenAt?: number;
}

/** Milliseconds of a quarter of an hour: every zone's days begin at one. @public */
export const QUARTER_MS = 15 * 60_000;

const NO_COUNTS = Object.fromEntries(
  CELL_COUNTS.map(name => [name, 0]),
) as Record<CellCount, number>;

/** Of nothing. @public */
export function noCounts(): Record<CellCount, number> {
  return { ...NO_COUNTS };
}

/** Adds counts to others, in place. @public */
export function addCounts(
  sum: Record<CellCount, number>,
  more: DeliverySum['counts'],
): void {
  // Each by name: of tens of thousands of cells a loop over names takes long.
  sum.deployments += more.deployments;
  sum.changes += more.changes;
  sum.failed += more.failed;
  sum.failedSuspected += more.failedSuspected;
  sum.rework += more.rework;
  sum.reworkSuspected += more.reworkSuspected;
  sum.rolloutsSucceeded += more.rolloutsSucceeded;
  sum.rolloutsFailed += more.rolloutsFailed;
  sum.rolloutsCancelled += more.rolloutsCancelled;
  sum.rolloutsUnsaid += more.rolloutsUnsaid;
  sum.rolloutsUnseen += more.rolloutsUnseen;
  sum.leadExpected += more.leadExpected;
  sum.leadMeasured += more.leadMeasured;
  sum.leadAnomalies += more.leadAnomalies;
  sum.recoveryAnomalies += more.recoveryAnomalies;
  sum.open += more.open;
  sum.recoveriesSuspected += more.recoveriesSuspected;
}

/**
 * The cell of some deliveries.
 *
 * @param deliveries - those that finished in the time the cell is for
 *
 * @public
 */
export function cellOf(deliveries: Iterable<KeptDelivery>): DeliveryCell {
  const counts = noCounts();
  const lead: number[] = [];
  const recovery: number[] = [];
  const quarters: number[] = [];
  let oldestOpenAt: number | undefined;
  const add = (name: CellCount, does: boolean) => {
    counts[name] += does ? 1 : 0;
  };
  for (const delivery of deliveries) {
    const { countsAsDeployment: isOfD, isRollback, rollout } = delivery;
    const { suspected } = delivery;
    const isChange = delivery.wentLive && !isRollback;
    add('deployments', isOfD);
    add('changes', isChange);
    add('failed', isChange && delivery.isFailed);
    add('failedSuspected', isChange && suspected.failed);
    add('rework', delivery.isRework);
    add('reworkSuspected', suspected.rework);
    add('rolloutsSucceeded', rollout === 'succeeded');
    add('rolloutsFailed', rollout === 'failed');
    add('rolloutsCancelled', rollout === 'cancelled');
    const unseen = rollout === 'unknown' && delivery.basis === 'desired';
    add('rolloutsUnsaid', rollout === 'unknown' && !unseen);
    add('rolloutsUnseen', unseen);
    add('leadExpected', delivery.lead.expected);
    add('leadMeasured', delivery.lead.expected && delivery.lead.measured);
    counts.leadAnomalies += delivery.lead.anomalies.length;
    for (const { seconds } of delivery.lead.commits) {
      lead.push(seconds);
    }
    if (isOfD) {
      quarters.push(Math.floor(delivery.finishedAt / QUARTER_MS));
    }
    if (delivery.recovery) {
      const { how, anomaly, seconds, failureStartedAt } = delivery.recovery;
      add('open', how === 'open');
      add('recoveryAnomalies', anomaly);
      if (seconds !== undefined) {
        recovery.push(seconds);
        add('recoveriesSuspected', suspected.recovery);
      }
      if (how === 'open') {
        oldestOpenAt = Math.min(oldestOpenAt ?? Infinity, failureStartedAt);
      }
    }
  }
  return {
    counts,
    leadSeconds: Int32Array.from(lead).sort(),
    recoverySeconds: Int32Array.from(recovery).sort(),
    quarters: unique(Int32Array.from(quarters).sort()),
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
  };
}

/**
 * The sum of cells, of any days, services and environments. In whatever order
 * and by whatever brackets they are summed, figures of the sum are the same; of
 * none it is empty. What is summed is not copied.
 *
 * @public
 */
export function sumCells(cells: Iterable<DeliverySum>): DeliverySum {
  const counts = noCounts();
  const leadSeconds: Int32Array[] = [];
  const recoverySeconds: Int32Array[] = [];
  const quarters: Int32Array[] = [];
  let oldestOpenAt: number | undefined;
  for (const cell of cells) {
    addCounts(counts, cell.counts);
    addParts(leadSeconds, cell.leadSeconds);
    addParts(recoverySeconds, cell.recoverySeconds);
    addParts(quarters, cell.quarters);
    if (cell.oldestOpenAt !== undefined) {
      oldestOpenAt = Math.min(oldestOpenAt ?? Infinity, cell.oldestOpenAt);
    }
  }
  return {
    counts,
    leadSeconds,
    recoverySeconds,
    quarters,
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
  };
}

/**
 * The sum of cells as a cell of its own, sorted.
 *
 * @public
 */
export function mergeCells(cells: Iterable<DeliverySum>): DeliveryCell {
  const sum = sumCells(cells);
  return {
    ...sum,
    counts: { ...sum.counts },
    leadSeconds: joinNumbers(sum.leadSeconds).sort(),
    recoverySeconds: joinNumbers(sum.recoverySeconds).sort(),
    quarters: unique(joinNumbers(sum.quarters).sort()),
  };
}

/** Whether nothing at all happened in it: such a cell is not kept. @public */
export function isEmptyCell(cell: DeliveryCell): boolean {
  // A lead time, a failure or an anomaly is always of a deployment counted here.
  return CELL_COUNTS.every(name => cell.counts[name] === 0);
}

function addParts(parts: Int32Array[], numbers: Numbers): void {
  for (const part of partsOf(numbers)) {
    if (part.length > 0) {
      parts.push(part);
    }
  }
}

function unique(sorted: Int32Array): Int32Array {
  return sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
}
