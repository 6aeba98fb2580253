import type { Knex } from 'knex';
import { HINT_PAUSE_MS } from './SourceLeases';

/**
 * A tool says that something has changed: its source is read now, or once more
 * after the reading in progress or due, however many hints there are. One that
 * fails keeps its pause.
 */
export async function noteHint(options: {
  transaction: Knex.Transaction;
  source: string;
  now: number;
}): Promise<void> {
  const { transaction, source, now } = options;
  const soon = now + HINT_PAUSE_MS;
  const row = () => transaction('source').where({ id: source });
  const idle = await row()
    .where('next_run_at', '>', soon)
    .whereNull('holder')
    .where('failures', 0)
    .update({
      next_run_at: transaction.raw(
        'case when ?? > ? then cast(? as bigint) else 0 end',
        ['last_attempt_at', now - HINT_PAUSE_MS, soon],
      ),
    });
  if (idle === 0) {
    await row().update({ hinted: true });
  }
}
