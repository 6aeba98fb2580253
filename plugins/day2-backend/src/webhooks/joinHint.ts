import type { Knex } from 'knex';

/**
 * A hint that nobody has taken up yet says what a new one does: the reading
 * that it asks for comes after both. So one waits, however many come.
 *
 * @returns whether there is one; it is as of now then
 */
export async function joinHint(options: {
  database: Knex;
  source: string;
  now: number;
}): Promise<boolean> {
  const { database, source, now } = options;
  const free = () =>
    database('webhook_delivery')
      .where({ state: 'waiting', source })
      .where('claimed_until', '<=', now);
  const first = await free().orderBy('seq').first('seq');
  return (
    first !== undefined &&
    (await free().where({ seq: first.seq }).update({ received_at: now })) > 0
  );
}
