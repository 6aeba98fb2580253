import type { EffectStanding } from '@day2/backstage-plugin-day2-common';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { iso } from '../http/range';

/** For who only sees sources: the words of an effect may name a channel, or a host. */
const GENERAL = 'It could not be delivered';

/** What each effect has still to tell, and could not: of those that modules add. */
export async function effectStandings(options: {
  database: Knex;
  effects: Effect[];
  /** Whoever asks may manage sources: he reads the effect's own words. */
  canManage: boolean;
}): Promise<EffectStanding[]> {
  const { database, effects, canManage } = options;
  if (effects.length === 0) {
    return [];
  }
  const counts: Record<string, any>[] = await database('effect')
    .whereIn('state', ['pending', 'given-up'])
    .groupBy('effect', 'state')
    .select('effect', 'state')
    .count({ n: '*' });
  const countOf = (id: string, state: string) =>
    Number(
      counts.find(row => row.effect === id && row.state === state)?.n ?? 0,
    );
  return Promise.all(
    effects.map(async ({ id }) => {
      const waiting = countOf(id, 'pending');
      const givenUp = countOf(id, 'given-up');
      const last =
        waiting + givenUp > 0
          ? await database('effect')
              .where({ effect: id })
              .whereIn('state', ['pending', 'given-up'])
              .whereNotNull('error')
              .orderBy('learnt_at', 'desc')
              .first('error', 'learnt_at')
          : undefined;
      return {
        id,
        waiting,
        givenUp,
        ...(last
          ? {
              lastError: {
                text: canManage ? last.error : GENERAL,
                at: iso(toNumber(last.learnt_at)!),
              },
            }
          : {}),
      };
    }),
  );
}
