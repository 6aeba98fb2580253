import type { Objective, SlotSeries } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, type Breather } from '../database';
import type { Range } from '../http/range';
import {
  deriveObjective,
  figuresAtLastSlot,
  type ObjectivePlace,
  type ObservedObjective,
} from './deriveObjective';
import type { KeptFigures, ObjectiveRow } from './objectiveRecord';
import { slotStore, type SeriesKnowledge } from './slotStore';
import { stillKnown } from './stillKnown';
import { wantedUpTo } from './wantedRange';

/** Of so many series slots are read at once: some 340 days, and 1.5 MB unpacked. */
const SERIES_AT_ONCE = 10;

/** What an objective is derived from. */
export interface DerivedFrom {
  observed: ObservedObjective;
  place: ObjectivePlace;
  knowledge?: SeriesKnowledge;
  /** Its row at the last look. */
  before?: ObjectiveRow;
}

/** One whose figures are to be told anew, from slots. */
interface Remeasured extends DerivedFrom {
  objective: Objective;
  knowledge: SeriesKnowledge;
  seriesId: string;
  /** Its slots. */
  wanted: Range;
  /** Of the last look at the same definition. */
  kept?: KeptFigures;
}

/** The rows of objectives, in their order; slots are read for those of which more is known. */
export async function deriveObjectives(options: {
  database: Knex;
  objectives: readonly DerivedFrom[];
  breather: Breather;
}): Promise<ObjectiveRow[]> {
  const { database, objectives, breather } = options;
  const rows = new Map<DerivedFrom, ObjectiveRow>();
  const remeasured = new Map<string, [DerivedFrom, Remeasured][]>();
  for (const each of objectives) {
    const derived = withoutSlots(each);
    if ('wanted' in derived) {
      const { from, to } = derived.wanted;
      const list = remeasured.get(`${from} ${to}`) ?? [];
      remeasured.set(`${from} ${to}`, list);
      list.push([each, derived]);
    } else {
      rows.set(each, derived);
    }
    await breather.breathe();
  }
  for (const chunk of [...remeasured.values()].flatMap(all =>
    chunksOf(all, SERIES_AT_ONCE),
  )) {
    const slots = await slotStore.slots(database, {
      ...chunk[0][1].wanted,
      seriesIds: [...new Set(chunk.map(([, { seriesId }]) => seriesId))],
    });
    for (const [each, derived] of chunk) {
      rows.set(each, withSlots(derived, slots.get(derived.seriesId)!));
      await breather.breathe();
    }
  }
  return objectives.map(each => rows.get(each)!);
}

/** The row, or what it takes to tell it. */
function withoutSlots(each: DerivedFrom): ObjectiveRow | Remeasured {
  const { observed, place } = each;
  const { objective } = observed.definition;
  const seriesId = place.series_id;
  const before = each.before?.series_id === seriesId ? each.before : undefined;
  const knowledge = stillKnown(each.knowledge, before);
  const newest = knowledge?.ranges.at(-1);
  if (!objective || !knowledge || !newest || !seriesId) {
    return deriveObjective({ observed, place });
  }
  // What another target made of it is no state of this one.
  const same =
    before?.record === canonicalJson(observed.definition) ? before : undefined;
  const kept: KeptFigures | undefined = same?.figures
    ? JSON.parse(same.figures)
    : undefined;
  if (kept && kept.version === knowledge.version) {
    return deriveObjective({
      observed,
      place,
      figures: { kept, knownTo: newest.to },
      settled: same?.settled ?? undefined,
    });
  }
  const { period } = objective;
  return {
    observed,
    place,
    before: same,
    objective,
    knowledge,
    seriesId,
    kept,
    wanted: wantedUpTo({ period, to: newest.to }),
  };
}

function withSlots(derived: Remeasured, slots: SlotSeries): ObjectiveRow {
  const { observed, place, objective, knowledge, kept, before } = derived;
  return deriveObjective({
    observed,
    place,
    figures: figuresAtLastSlot({ objective, knowledge, slots, before: kept }),
    settled: before?.settled ?? undefined,
  });
}
