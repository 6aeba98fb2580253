import type { ObjectiveStateWord } from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import type { Measurer, Measurers } from './measurers';
import type {
  KeptFigures,
  ObjectiveDefinition,
  ObjectiveRow,
} from './objectiveRecord';

/** An objective as it is told now. */
export interface ObjectiveNow {
  row: ObjectiveRow;
  definition: ObjectiveDefinition;
  kept?: KeptFigures;
  /** Absent where no configured source measures it. */
  measurer?: Measurer;
  /** Epoch milliseconds: end of the last slot that was asked for. */
  knownTo?: number;
  state: ObjectiveStateWord;
  /** What it was when last known, where it is unknown. */
  frozen?: ObjectiveStateWord;
  /** Its source has said nothing for so long that what is kept is not of now. */
  isStale: boolean;
  /** Why its source could not answer its queries, since when. */
  refused?: { reason: string; at: number };
}

/**
 * An objective at a read: what was told last holds for as long as its source
 * says more, and is unknown from then on, whatever it was.
 */
export function objectiveNow(
  row: ObjectiveRow,
  measurers: Measurers,
): ObjectiveNow {
  const definition = JSON.parse(row.record) as ObjectiveDefinition;
  const kept: KeptFigures | undefined = row.figures
    ? JSON.parse(row.figures)
    : undefined;
  const knownTo = toNumber(row.known_to);
  const measurer = measurers.get(row.measured_by ?? '');
  const known = { row, definition, kept, knownTo };
  if (row.indicator_id === null) {
    return { ...known, state: 'invalid', isStale: false };
  }
  if (!measurer) {
    return { ...known, state: 'unmeasured', isStale: true };
  }
  const isStale = knownTo === undefined || knownTo < measurer.freshFrom;
  if (!isStale) {
    const { state } = row;
    return { ...known, measurer, state, frozen: kept?.frozen, isStale };
  }
  const frozen = row.state === 'unknown' ? kept?.frozen : row.state;
  return { ...known, measurer, state: 'unknown', frozen, isStale };
}
