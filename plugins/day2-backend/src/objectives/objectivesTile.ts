import {
  budgetPercent,
  objectiveStateWords,
  type ObjectiveStateWord,
  type Tile,
  type WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { measuredWords } from './measuredWords';
import type { Measurers } from './measurers';
import type { ObjectiveNow } from './objectiveNow';
import { whyObjective } from './whyObjective';

/** The worst first; what is unknown may hide any but a page. */
const ORDER: ObjectiveStateWord[] = [
  'page',
  'exhausted',
  'ticket',
  'unknown',
  'invalid',
  'unmeasured',
  'ok',
  'no traffic',
];

const STATES: Record<ObjectiveStateWord, Tile['state']> = {
  page: 'bad',
  exhausted: 'bad',
  ticket: 'attention',
  invalid: 'attention',
  unknown: 'unknown',
  unmeasured: 'unknown',
  ok: 'ok',
  'no traffic': 'ok',
};

/** The tile of objectives: the budget that is left of the worst. */
export function objectivesTile(options: {
  objectives: ObjectiveNow[];
  measurers: Measurers;
  /** Asked for where there is none. */
  whyEmpty: () => WhyEmpty;
}): Tile {
  const { measurers } = options;
  const objectives = [...options.objectives].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      compareLeft(a, b) ||
      (a.row.id < b.row.id ? -1 : 1),
  );
  const [worst] = objectives;
  if (!worst) {
    return {
      state: 'empty',
      headline: 'No objectives',
      figures: [],
      empty: options.whyEmpty(),
    };
  }
  // Where none has a budget, the tile says why in place of a figure.
  const least = [...objectives].sort(compareLeft)[0];
  const left = leftOf(least);
  const counts = new Map<string, number>();
  for (const { state } of objectives) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const instants = objectives.flatMap(({ knownTo }) => knownTo ?? []);
  const n = objectives.length;
  return {
    state: objectives.some(isUsedUp) ? 'bad' : STATES[worst.state],
    headline: headlineOf(worst, left),
    detail: detailOf(worst, n, measurers),
    figures: [
      ...(left === undefined
        ? []
        : [{ value: left, unit: 'ratio of the budget left', n }]),
      { value: n, unit: 'objectives', n },
      ...[...counts].map(([unit, value]) => ({ value, unit, n })),
    ],
    asOf: instants.length > 0 ? iso(Math.min(...instants)) : undefined,
  };
}

function headlineOf(worst: ObjectiveNow, left: number | undefined): string {
  if (left !== undefined) {
    return left > 0 ? `${budgetPercent(left)} % budget left` : 'Budget used up';
  }
  const words: Partial<Record<ObjectiveStateWord, string>> = {
    invalid: 'Invalid',
    unmeasured: 'Not measured',
    unknown: 'Unknown',
  };
  return words[worst.state] ?? 'No traffic';
}

function detailOf(
  worst: ObjectiveNow,
  n: number,
  measurers: Measurers,
): string {
  const { row, state, frozen, kept } = worst;
  const prefix = n > 1 ? `worst: ${row.name}` : row.name;
  const why = whyObjective(worst, measurers);
  if (why) {
    const was = frozen
      ? `, ${objectiveStateWords[frozen]} when last known`
      : '';
    return `${prefix}: ${objectiveStateWords[state]}${was}. ${why.text}`.slice(
      0,
      300,
    );
  }
  const burn = kept?.figures?.conditions[0]?.long.burn;
  const partly = measuredWords(kept?.figures);
  return [
    prefix,
    ...(state === 'ok' ? [] : [objectiveStateWords[state]]),
    ...(burn === undefined ? [] : [`burn ${Number(burn.toPrecision(2))}`]),
    ...(partly === undefined ? [] : [partly]),
  ].join('; ');
}

/** Known to be so now: a ticket may be on as well. */
function isUsedUp(objective: ObjectiveNow): boolean {
  const { state } = objective;
  return state !== 'unknown' && (leftOf(objective) ?? 1) <= 0;
}

function leftOf({ kept }: ObjectiveNow): number | undefined {
  return kept?.figures?.budget.remaining;
}

function compareLeft(a: ObjectiveNow, b: ObjectiveNow): number {
  const [left, other] = [a, b].map(each => leftOf(each) ?? Infinity);
  return left === other ? 0 : left - other;
}
