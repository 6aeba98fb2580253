import {
  objectiveFiguresOf,
  SLOT_MS,
  type Objective,
  type ObjectiveFigures,
  type ObjectiveState,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import { canonicalJson, hashOf } from '../database';
import type { Range } from '../http/range';
import { searchText } from '../timeline/searchText';
import { measuringSourceOf, type MeasuringSource } from './measuringSource';
import { indicatorIdOf, objectiveIdOf, seriesIdOf } from './objectiveNames';
import type {
  KeptFigures,
  ObjectiveDefinition,
  ObjectiveRow,
} from './objectiveRecord';
import { missingOf } from './ranges';
import type { SeriesKnowledge } from './slotStore';
import { wantedUpTo } from './wantedRange';

/** What a source said last of an objective. */
export interface ObservedObjective {
  source: string;
  key: string;
  subjectId: string;
  definition: ObjectiveDefinition;
}

/** Where an objective is measured. */
export type ObjectivePlace = Pick<
  ObjectiveRow,
  'id' | 'indicator_id' | 'measured_by' | 'series_id'
>;

/** Sorts behind whatever has a figure. */
const LAST = Number.MAX_SAFE_INTEGER;
const BILLION = 1e9;
const MAX_NAME = 500;
const STUCK_MS = 3_600_000;

export function placeOfObjective(
  { source, key, definition }: ObservedObjective,
  sources: MeasuringSource[],
): ObjectivePlace {
  const { objective } = definition;
  const indicatorId = objective ? indicatorIdOf(objective.indicator) : null;
  const measuredBy = measuringSourceOf(definition, sources) ?? null;
  return {
    id: objectiveIdOf(source, key),
    indicator_id: indicatorId,
    measured_by: measuredBy,
    series_id:
      indicatorId && measuredBy ? seriesIdOf(measuredBy, indicatorId) : null,
  };
}

/**
 * How an objective stands at the end of the last slot that was asked for.
 *
 * @param options - `slots`: of all the time that is wanted; `before`: of the
 * last look at the same objective
 * @returns nothing where nothing was asked for yet
 */
export function figuresAtLastSlot(options: {
  objective: Objective;
  knowledge: SeriesKnowledge;
  slots: SlotSeries;
  before?: KeptFigures;
}): { kept: KeptFigures; knownTo: number } | undefined {
  const { objective, knowledge, slots } = options;
  const newest = knowledge.ranges.at(-1);
  if (!newest) {
    return undefined;
  }
  const { period } = objective;
  const at = (now: number, before?: ObjectiveState) =>
    objectiveFiguresOf({ ...objective, slots, now, before });
  const knownTo = newest.to;
  const lastSlotEnd = lastEndOf(slots);
  let told = at(knownTo, options.before);
  if (told?.state === 'unknown' && lastSlotEnd && lastSlotEnd < knownTo) {
    // It froze as it stood then, also where both came at once.
    told = at(knownTo, at(lastSlotEnd, options.before) ?? options.before);
  }
  const wanted = wantedUpTo({ period, to: knownTo });
  const { past } = options.before ?? {};
  const pastKey = keyOfPast(knowledge.ranges);
  return {
    knownTo,
    kept: {
      ...splitFigures(told),
      version: knowledge.version,
      knownFrom: newest.from,
      progress: shareKnown(wanted, knowledge.ranges),
      past: past?.key === pastKey ? past : { key: pastKey, since: knownTo },
      ...(lastSlotEnd === undefined ? {} : { lastSlotEnd }),
    },
  };
}

/** The row of an objective, by its file and its figures. */
export function deriveObjective(options: {
  observed: ObservedObjective;
  place: ObjectivePlace;
  figures?: { kept: KeptFigures; knownTo: number };
  /** As it was at the last look. */
  settled?: string;
}): ObjectiveRow {
  const { observed, place, figures } = options;
  const { source, key, subjectId, definition } = observed;
  const { kept } = figures ?? {};
  const title = definition.objective?.displayName ?? definition.name;
  const remaining = kept?.figures?.budget.remaining;
  const content = {
    ...place,
    source,
    key,
    subject_id: subjectId,
    name: withoutNul(title).slice(0, MAX_NAME),
    search: withoutNul(searchText([title, definition.name, definition.file])),
    state: stateOf(definition, place, kept),
    sort_key: remaining === undefined ? LAST : sortKeyOf(remaining),
    known_to: figures?.knownTo ?? null,
    settled: settledOf(figures) ?? options.settled ?? null,
    record: canonicalJson(definition),
    figures: kept ? canonicalJson(kept) : null,
  };
  return { ...content, hash: hashOf(content) };
}

/** PostgreSQL keeps none, and YAML may well have one. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

/**
 * The state, where it is known and no past is being fetched: none is lacking, or
 * for an hour no more of it has come.
 */
function settledOf(
  figures: { kept: KeptFigures; knownTo: number } | undefined,
): string | undefined {
  if (!figures) {
    return undefined;
  }
  const { progress, past, state } = figures.kept;
  const isWhole = progress === 1 || figures.knownTo - past.since >= STUCK_MS;
  return isWhole && state !== 'unknown' ? state : undefined;
}

/** The same for as long as only newer slots come. */
function keyOfPast(ranges: Range[]): string {
  const ends = ranges.slice(0, -1).map(({ from, to }) => [from, to]);
  return hashOf([ends, ranges.at(-1)?.from]).slice(0, 16);
}

function stateOf(
  { objective }: ObjectiveDefinition,
  { series_id }: ObjectivePlace,
  kept: KeptFigures | undefined,
): ObjectiveRow['state'] {
  if (!objective) {
    return 'invalid';
  }
  return series_id === null ? 'unmeasured' : kept?.state ?? 'unknown';
}

function splitFigures(
  told: ObjectiveFigures | undefined,
): ObjectiveState & Pick<KeptFigures, 'figures'> {
  if (!told) {
    return { state: 'unknown', firing: [] };
  }
  const { state, frozen, firing, ...figures } = told;
  return { state, ...(frozen ? { frozen } : {}), firing, figures };
}

/** Billionths, so that pages go on by whole numbers. */
function sortKeyOf(remaining: number): number {
  return Math.max(-LAST, Math.min(LAST - 1, Math.round(remaining * BILLION)));
}

function shareKnown(wanted: Range, known: Range[]): number {
  const missing = missingOf(wanted, known).reduce(
    (sum, { from, to }) => sum + to - from,
    0,
  );
  return 1 - missing / (wanted.to - wanted.from);
}

function lastEndOf({ from, total }: SlotSeries): number | undefined {
  for (let at = total.length - 1; at >= 0; at -= 1) {
    if (!Number.isNaN(total[at])) {
      return from + (at + 1) * SLOT_MS;
    }
  }
  return undefined;
}
