import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { Range } from '../http/range';
import { joinRanges } from './ranges';
import type { SaidMeasurements } from './saidMeasurements';

interface RangeRow {
  series_id: string;
  from_at: string | number;
  to_at: string | number;
}

/**
 * Notes what was answered, in the caller's transaction.
 *
 * @returns ids of the series of which more was asked for than before
 */
export async function addRanges(options: {
  transaction: Knex.Transaction;
  said: SaidMeasurements;
}): Promise<Set<string>> {
  const { transaction, said } = options;
  const grown = new Set<string>();
  for (const chunk of chunksOf([...said.keys()].sort())) {
    const known = new Map<string, Range[]>(chunk.map(id => [id, []]));
    const rows: RangeRow[] = await transaction('objective_range')
      .whereIn('series_id', chunk)
      .select('series_id', 'from_at', 'to_at');
    for (const { series_id, from_at, to_at } of rows) {
      known
        .get(series_id)!
        .push({ from: toNumber(from_at), to: toNumber(to_at) });
    }
    const gone: [string, number][] = [];
    const added: RangeRow[] = [];
    for (const [id, before] of known) {
      const after = joinRanges([...before, ...said.get(id)!]);
      const kept = new Set(after.map(({ from }) => from));
      const was = new Map(before.map(({ from, to }) => [from, to]));
      const others = after.filter(({ from, to }) => was.get(from) !== to);
      if (others.length > 0) {
        grown.add(id);
      }
      added.push(
        ...others.map(({ from, to }) => ({
          series_id: id,
          from_at: from,
          to_at: to,
        })),
      );
      gone.push(
        ...before.flatMap(({ from }): [string, number][] =>
          kept.has(from) ? [] : [[id, from]],
        ),
      );
    }
    for (const pairs of chunksOf(gone)) {
      await transaction('objective_range')
        .whereIn(['series_id', 'from_at'], pairs)
        .delete();
    }
    for (const more of chunksOf(added)) {
      await transaction('objective_range')
        .insert(more)
        .onConflict(['series_id', 'from_at'])
        .merge();
    }
  }
  return grown;
}
