import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction } from '../database';
import { lockedStates } from './lockedStates';
import { isPressing } from './newsOf';
import { toldStore, type Told } from './toldStore';

const AT_ONCE = 200;

interface GivenUp {
  id: string;
  seq: string | number;
  record_id: string;
  request: EffectRequest;
}

/**
 * Has told what was given up, where it is still so: of each record the last
 * word, unless people were told a later one.
 *
 * @returns how many are tried again, and how many are not so any more
 */
export async function retryGivenUp(options: {
  database: Knex;
  effect: string;
  now: () => number;
}): Promise<{ retried: number; outdated: number }> {
  const { database, effect, now } = options;
  const found = { retried: 0, outdated: 0 };
  for (;;) {
    const count = await inTransaction(database, async transaction => {
      const rows = await nextGivenUp(transaction, effect);
      const states = await lockedStates(transaction, rows.flatMap(recordIdsOf));
      const told: Told[] = [];
      for (const row of rows) {
        const isSo =
          (await isLastWord(transaction, effect, row)) &&
          isStillSo(row.request, states);
        const mine = await transaction('effect')
          .where({ id: row.id, state: 'given-up' })
          .update(
            isSo
              ? {
                  state: 'pending',
                  // It may have been done: that is asked first.
                  attempts: 1,
                  learnt_at: now(),
                  next_at: now(),
                  is_late: false,
                }
              : { state: 'outdated' },
          );
        if (mine === 0) {
          // Somebody else pressed it at the same time.
          continue;
        }
        found[isSo ? 'retried' : 'outdated'] += 1;
        if (isSo) {
          told.push(...(await toldBy(transaction, effect, row, now())));
        }
      }
      await toldStore.write(transaction, told);
      return rows.length;
    });
    if (count < AT_ONCE) {
      return found;
    }
  }
}

async function nextGivenUp(
  transaction: Knex.Transaction,
  effect: string,
): Promise<GivenUp[]> {
  const rows: Record<string, any>[] = await transaction('effect')
    .where({ effect, state: 'given-up' })
    .orderBy('seq', 'desc')
    .limit(AT_ONCE)
    .select('id', 'seq', 'record_id', 'request');
  return rows.map(row => ({
    id: row.id,
    seq: row.seq,
    record_id: row.record_id,
    request: JSON.parse(row.request),
  }));
}

function recordIdsOf({ request }: GivenUp): string[] {
  return request.digest?.recordIds ?? [request.recordId];
}

/** Nothing else was said of it after, nor is to be; parts of one word go to several services. */
async function isLastWord(
  transaction: Knex.Transaction,
  effect: string,
  { record_id, seq, request }: GivenUp,
): Promise<boolean> {
  const later: string[] = await transaction('effect')
    .where({ effect, record_id })
    .whereNot({ state: 'outdated' })
    .where('seq', '>', seq)
    .limit(AT_ONCE)
    .pluck('request');
  return later.every(text => {
    const { at, to }: EffectRequest = JSON.parse(text);
    return at === request.at && to === request.to;
  });
}

function isStillSo(
  { to, digest, recordId }: EffectRequest,
  states: Map<string, string>,
): boolean {
  const now = (digest?.recordIds ?? [recordId]).map(id => states.get(id));
  const goOn = now.filter(
    state => state !== undefined && isPressing(state),
  ).length;
  return isPressing(to) ? goOn > 0 : goOn === 0;
}

/** So that the ends of what is told now are told too. */
async function toldBy(
  transaction: Knex.Transaction,
  effect: string,
  row: GivenUp,
  now: number,
): Promise<Told[]> {
  const { priority, services, to } = row.request;
  const ids = recordIdsOf(row);
  const known = new Set(
    (await toldStore.of(transaction, ids))
      .filter(each => each.effect === effect)
      .map(({ recordId }) => recordId),
  );
  const serviceIds: string[] = await transaction('service')
    .whereIn('ref', services)
    .pluck('id');
  return ids
    .filter(id => !known.has(id))
    .map(recordId => ({
      effect,
      recordId,
      state: to,
      priority,
      serviceIds,
      revision: 1,
      announcedAt: now,
      toldAt: now,
    }));
}
