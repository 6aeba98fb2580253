import type { Knex } from 'knex';
import { inTransaction, type Breather } from '../database';
import { subjectTraits } from '../subjects/subjectTraits';
import type { Run, WithdrawalRun } from './runsOf';
import { addToCounts, holdSource } from './sourceRow';
import { needsSlices, withdrawSlice } from './withdrawObservations';

interface AheadOptions {
  database: Knex;
  source: string;
  epoch: number;
  breather: Breather;
  now: () => number;
}

/**
 * Withdraws in slices of their own what would hold a database up for long in
 * one transaction, as a force push over thousands of commits does. The cursor
 * stays: where it is interrupted, the batch comes again and finds less to do.
 *
 * @returns what of the batch is left for its own transaction
 * @throws LeaseLostError when the lease is lost on the way
 */
export async function withdrawAhead(
  options: AheadOptions & { runs: Run[] },
): Promise<{ runs: Run[]; withdrawn: number }> {
  const { database, source, runs } = options;
  const end = runs.findIndex(run => run.kind === 'said');
  const leading = runs
    .slice(0, end < 0 ? runs.length : end)
    .filter((run): run is WithdrawalRun => run.kind === 'withdrawn');
  const [first] = leading;
  const isLong =
    leading.length > 1 ||
    (first && (await needsSlices({ database, source, run: first })));
  if (!isLong) {
    return { runs, withdrawn: 0 };
  }
  for (const run of leading) {
    await inSlices(options, async transaction => {
      const slice = await withdrawSlice({
        transaction,
        source,
        run,
        now: options.now(),
      });
      await addToCounts({
        transaction,
        source,
        counts: slice.removed,
        sign: -1,
      });
      return slice.more;
    });
  }
  // Once, at the end: a slice that takes the latest word on a subject would
  // have all that is left of it read each time.
  let after = '';
  await inSlices(options, async transaction => {
    const next = await subjectTraits.reobserveWithdrawn({
      transaction,
      source,
      after,
      now: options.now(),
    });
    after = next ?? after;
    return next !== undefined;
  });
  return {
    runs: runs.slice(leading.length),
    withdrawn: leading.reduce((sum, run) => sum + run.keyPrefixes.length, 0),
  };
}

/** Works in transactions of their own, under the lease, until there is no more. */
async function inSlices(
  options: AheadOptions,
  work: (transaction: Knex.Transaction) => Promise<boolean>,
): Promise<void> {
  let more = true;
  while (more) {
    more = await inTransaction(options.database, async transaction => {
      const { source, epoch } = options;
      await holdSource({ transaction, source, epoch, now: options.now() });
      return await work(transaction);
    });
    await options.breather.breathe();
  }
}
