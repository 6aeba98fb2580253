import { durationWords } from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import type {
  KeptFigures,
  ObjectiveDefinition,
  ObjectiveRow,
} from '../objectives/objectiveRecord';
import type { ObjectiveTransition } from '../objectives/objectiveStore';
import type { Standing } from './Standing';

const WORDS: Record<string, string> = {
  page: 'burns its error budget fast',
  ticket: 'burns its error budget',
  exhausted: 'has used up its error budget',
  ok: 'is well again',
  'no traffic': 'is without traffic',
};

/** A service by its id, and as people call it. */
export interface NamedService {
  id: string;
  title: string;
}

/** What became of objectives, for whoever is told. */
export function objectiveStandings(options: {
  transitions: ObjectiveTransition[];
  rows: ObjectiveRow[];
  /** The services of each subject. */
  servicesOf: Map<string, NamedService[]>;
}): Standing[] {
  const rows = new Map(options.rows.map(row => [row.id, row]));
  return options.transitions.flatMap(each => {
    const row = rows.get(each.objective_id);
    if (!row) {
      return [];
    }
    const definition: ObjectiveDefinition = JSON.parse(row.record);
    const name = definition.objective?.displayName ?? row.name;
    const services = options.servicesOf.get(row.subject_id) ?? [];
    const serviceIds = services.map(({ id }) => id);
    const text = figuresInWords(row);
    return [
      {
        kind: 'objective' as const,
        recordId: row.id,
        aliases: [row.id],
        state: each.to_state,
        since: () => toNumber(each.at)!,
        serviceIds,
        path: `/day2/objectives?q=${encodeURIComponent(
          row.name.slice(0, 100),
        )}`,
        // Owners are told of their service, by its name.
        parts: services.map(service => ({
          serviceIds: [service.id],
          title: `${service.title}: objective ${name} ${
            WORDS[each.to_state] ?? each.to_state
          }`,
          text: () => text,
        })),
        before: { state: each.from_state, serviceIds },
        // Of a past that is measured there is no transition.
        origins: [],
      },
    ];
  });
}

/** How fast it burns, and what is left: `Burns 14.4 times too fast over 1 h; 62 % of the budget is left`. */
function figuresInWords({ figures }: ObjectiveRow): string {
  const kept = figures ? (JSON.parse(figures) as KeptFigures) : undefined;
  const { budget, conditions = [] } = kept?.figures ?? {};
  const held = conditions.find(({ state }) => state === 'holds');
  const { remaining } = budget ?? {};
  return [
    ...(held?.long.burn === undefined
      ? []
      : [
          `Burns ${rounded(held.long.burn)} times too fast over ${durationWords(
            held.longMs,
          )}`,
        ]),
    ...(remaining === undefined ? [] : [leftInWords(remaining)]),
  ].join('; ');
}

function leftInWords(remaining: number): string {
  return remaining < 0
    ? `the budget is overspent by ${rounded(-remaining * 100)} % of it`
    : `${rounded(remaining * 100)} % of the budget is left`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
