import type { Knex } from 'knex';
import type { EffectQueue } from '../effects/EffectQueue';
import { queueObjectiveEffects } from '../effects/queueObjectiveEffects';
import type { Range } from '../http/range';
import { markMeasured } from '../suspects/markMeasured';
import { excludedOf } from './excludedOf';
import type { ObjectiveRow } from './objectiveRecord';
import { objectiveStore } from './objectiveStore';
import { joinRanges } from './ranges';
import { noteUse } from './seriesUse';
import { transitionOf } from './transitionOf';

/**
 * Writes what became of the objectives of subjects, in the caller's transaction:
 * rows that are other than before, what is gone, and what follows from both.
 *
 * @param options - `stored`: all of those subjects as they were
 * @returns the subjects whose objectives are other than before
 */
export async function writeObjectives(options: {
  transaction: Knex.Transaction;
  rows: ObjectiveRow[];
  stored: ObjectiveRow[];
  effects?: EffectQueue;
  now: number;
}): Promise<string[]> {
  const { transaction, rows, effects, now } = options;
  const before = new Map(options.stored.map(row => [row.id, row]));
  const kept = new Set(rows.map(({ id }) => id));
  const gone = [...before.values()].filter(({ id }) => !kept.has(id));
  const others = rows.filter(({ id, hash }) => before.get(id)?.hash !== hash);
  const transitions = others.flatMap(row =>
    transitionOf({ before: before.get(row.id), row }),
  );
  await objectiveStore.write(transaction, {
    rows: others,
    goneIds: gone.map(({ id }) => id),
    transitions,
  });
  await queueObjectiveEffects({
    transaction,
    effects,
    transitions,
    rows: others,
  });
  const moved = others.filter(
    ({ id, series_id }) => before.get(id)?.series_id !== series_id,
  );
  await noteUse({
    transaction,
    used: others,
    left: [...gone, ...moved].flatMap(
      ({ id }) => before.get(id)?.series_id ?? [],
    ),
    now,
  });
  await markMeasured(
    transaction,
    others.map(row => ({
      subjectId: row.subject_id,
      changed: planned(before.get(row.id), row),
    })),
    now,
  );
  return [...new Set([...gone, ...others].map(({ subject_id }) => subject_id))];
}

/** Of what was measured before, the downtime that is planned now or then, not both. */
function planned(before: ObjectiveRow | undefined, row: ObjectiveRow): Range[] {
  if (!before || before.record === row.record) {
    return [];
  }
  const [was, is] = [excludedOf(before.record), excludedOf(row.record)];
  const without = (some: Range[], others: Range[]) =>
    some.filter(
      ({ from, to }) =>
        !others.some(other => other.from === from && other.to === to),
    );
  return joinRanges([...without(was, is), ...without(is, was)]);
}
