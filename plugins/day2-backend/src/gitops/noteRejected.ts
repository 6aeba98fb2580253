import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { scrubText } from '../ingest/scrub';

/** What became of one thing that a source said of an application. */
export interface HeardApplication {
  key: string;
  /** Why it could not be taken in; absent where it was. */
  reason?: string;
}

/**
 * Notes applications of which the last that was said could not be taken in:
 * the state before it stands, and it is not of now. It ends with the next that
 * can be.
 */
export async function noteRejected(options: {
  transaction: Knex.Transaction;
  source: string;
  /** In the order they were said. */
  heard: HeardApplication[];
  now: number;
}): Promise<void> {
  const { transaction, source, now } = options;
  const last = new Map(options.heard.map(each => [each.key, each]));
  const taken = [...last.values()].filter(({ reason }) => reason === undefined);
  for (const chunk of chunksOf(taken.map(({ key }) => key))) {
    await transaction('application_unseen')
      .where({ source, rejected: true })
      .whereIn('key', chunk)
      .delete();
  }
  const rows = [...last.values()].flatMap(({ key, reason }) =>
    reason === undefined
      ? []
      : [
          {
            source,
            key,
            since: now,
            reason: scrubText(
              `what is said of it could not be understood (${reason})`,
            ).slice(0, 500),
            rejected: true,
          },
        ],
  );
  for (const chunk of chunksOf(rows)) {
    await transaction('application_unseen')
      .insert(chunk)
      .onConflict(['source', 'key'])
      // Since when stays as it was.
      .merge(['reason', 'rejected']);
  }
}

/** Forgets what was noted of applications that stand no longer. */
export async function forgetRejected(options: {
  transaction: Knex.Transaction;
  source: string;
}): Promise<void> {
  const { transaction, source } = options;
  await transaction('application_unseen')
    .where({ source, rejected: true })
    .whereNotExists(
      transaction('observation')
        .where({
          'observation.source': transaction.ref('application_unseen.source'),
          'observation.key': transaction.ref('application_unseen.key'),
        })
        .whereNull('observation.withdrawn_at'),
    )
    .delete();
}
