import { toNumber } from '../database';
import type { ObjectiveRow } from './objectiveRecord';
import type { ObjectiveTransition } from './objectiveStore';

/**
 * What became of an objective's state, once: between two looks at which it was
 * known and no past was being fetched, so that neither back-fill nor silence tells
 * of any. Where its definition is another it begins anew, and nothing has become
 * of it.
 */
export function transitionOf(options: {
  before?: ObjectiveRow;
  row: ObjectiveRow;
}): ObjectiveTransition[] {
  const { before, row } = options;
  const knownTo = toNumber(row.known_to);
  const isOther =
    before?.settled &&
    row.settled &&
    before.settled !== row.settled &&
    before.record === row.record &&
    before.series_id === row.series_id;
  return isOther && knownTo !== undefined
    ? [
        {
          objective_id: row.id,
          at: knownTo,
          from_state: before.settled as string,
          to_state: row.settled as string,
        },
      ]
    : [];
}
