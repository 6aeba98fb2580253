import { ConflictError } from '@backstage/errors';
import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';

const AT_ONCE = 500;

/** A row of the outbox, as far as it matters here. */
export interface LateRow {
  id: string;
  record_id: string;
  request: EffectRequest;
  learnt_at: number;
  next_at: number;
}

/** What of the outbox was learnt late. */
export const lateRows = {
  async of(transaction: Knex.Transaction, effect: string): Promise<LateRow[]> {
    return lateRows.read(
      transaction('effect')
        .where({ effect, state: 'pending', is_late: true })
        .limit(AT_ONCE),
    );
  },

  /** In the order they were queued. */
  async read(query: Knex.QueryBuilder): Promise<LateRow[]> {
    const rows: Record<string, any>[] = await query
      .orderBy('seq')
      .select('id', 'record_id', 'request', 'learnt_at', 'next_at');
    return rows.map(row => ({
      id: row.id,
      record_id: row.record_id,
      request: JSON.parse(row.request),
      learnt_at: toNumber(row.learnt_at),
      next_at: toNumber(row.next_at),
    }));
  },

  /** @throws ConflictError where somebody else did something with one of them meanwhile */
  async update(
    transaction: Knex.Transaction,
    ids: string[],
    columns: Record<string, unknown>,
    where: Record<string, unknown> = {},
  ): Promise<void> {
    for (const chunk of chunksOf(ids)) {
      const changed = await transaction('effect')
        .whereIn('id', chunk)
        .where({ ...where, state: 'pending' })
        .update({ ...columns, claimed_by: null, claimed_until: 0 });
      if (changed !== chunk.length) {
        throw new ConflictError('Another replica gathers what is late');
      }
    }
  },

  /** Of services by their refs. */
  async owners(
    transaction: Knex.Transaction,
    refs: string[],
  ): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    for (const chunk of chunksOf([...new Set(refs)])) {
      const rows = await transaction('service')
        .whereIn('ref', chunk)
        .whereNotNull('owner')
        .select('ref', 'owner');
      rows.forEach(({ ref, owner }) => owners.set(ref, owner));
    }
    return owners;
  },
};
