import type { Knex } from 'knex';

/** A single value of the hub; undefined where it was never set. */
export async function readState(
  database: Knex,
  key: string,
): Promise<string | undefined> {
  const row = await database('hub_state').where({ key }).first('value');
  return row?.value;
}

/** Sets a single value. */
export async function writeState(
  database: Knex,
  key: string,
  value: string,
): Promise<void> {
  await database('hub_state')
    .insert({ key, value })
    .onConflict('key')
    .merge({ value });
}

/**
 * Gives a value that changes with each call, in the caller's transaction: who
 * reads another value than before knows that something changed between.
 */
export async function bumpState(
  transaction: Knex.Transaction,
  key: string,
): Promise<void> {
  await transaction('hub_state')
    .insert({ key, value: '1' })
    .onConflict('key')
    .merge({
      value: transaction.raw('cast(cast(?? as integer) + 1 as text)', [
        'hub_state.value',
      ]),
    });
}
