import type { Knex } from 'knex';
import { toNumber } from '../database';
import type { SequenceKey } from './DirtyMarks';

const PER_SLICE = 100;

/**
 * By which version of the definitions each sequence was derived last.
 *
 * @remarks It is kept of each sequence and not of all: while a replica of an
 * older release still works, what it derives is found again, and nothing is
 * lost by a crash between. A newer version is none to derive again by an older.
 */
export const derivedSequences = {
  /** In the transaction that ends the work on a sequence. */
  async note(
    transaction: Knex.Transaction,
    sequence: SequenceKey,
    definitions: number,
  ): Promise<void> {
    await transaction('derived_sequence')
      .insert({
        service_id: sequence.serviceId,
        environment: sequence.environment,
        definitions,
      })
      .onConflict(['service_id', 'environment'])
      .merge({ definitions });
  },

  /** How many are of older definitions and not marked yet. */
  async countOlder(database: Knex, definitions: number): Promise<number> {
    const [{ n }] = await older(database, definitions).count({ n: '*' });
    return toNumber(n);
  },

  /**
   * Marks the next of older definitions: few, so that what sources say meanwhile
   * does not wait for all of them.
   *
   * @returns how many; 0 where all are marked or derived by these definitions
   */
  async markOlder(
    database: Knex,
    options: { definitions: number; now: number },
  ): Promise<number> {
    const rows: Record<string, string>[] = await older(
      database,
      options.definitions,
    )
      .orderBy(['service_id', 'environment'])
      .limit(PER_SLICE)
      .select('service_id', 'environment');
    if (rows.length > 0) {
      // One that is marked since is derived all the same.
      await database('dirty_sequence')
        .insert(rows.map(row => ({ ...row, since: options.now })))
        .onConflict(['service_id', 'environment'])
        .ignore();
    }
    return rows.length;
  },
};

function older(database: Knex, definitions: number): Knex.QueryBuilder {
  return database('derived_sequence')
    .where('definitions', '<', definitions)
    .whereNotExists(
      database('dirty_sequence')
        .whereRaw('?? = ??', [
          'dirty_sequence.service_id',
          'derived_sequence.service_id',
        ])
        .whereRaw('?? = ??', [
          'dirty_sequence.environment',
          'derived_sequence.environment',
        ])
        .select(1),
    );
}
