import { toNumber } from '../database';
import type { ObjectiveRow } from './objectiveRecord';
import type { SeriesKnowledge } from './slotStore';

/**
 * What is known of a series. Where all of it is to be asked for anew, as its
 * source is read again, its slots are still there: an objective stands as of its
 * last look until the source answers.
 *
 * @param before - the objective at that look, of the same series
 */
export function stillKnown(
  knowledge: SeriesKnowledge | undefined,
  before: ObjectiveRow | undefined,
): SeriesKnowledge | undefined {
  const to = toNumber(before?.known_to);
  return knowledge?.ranges.length === 0 && to !== undefined
    ? { ...knowledge, ranges: [{ from: to, to }] }
    : knowledge;
}
