import { toNumber } from '../database';
import type {
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

/** What became of objectives, for whoever is told. */
export function objectiveStandings(options: {
  transitions: ObjectiveTransition[];
  rows: ObjectiveRow[];
  /** Ids of the services of each subject. */
  servicesOf: Map<string, string[]>;
}): Standing[] {
  const rows = new Map(options.rows.map(row => [row.id, row]));
  return options.transitions.flatMap(each => {
    const row = rows.get(each.objective_id);
    if (!row) {
      return [];
    }
    const definition: ObjectiveDefinition = JSON.parse(row.record);
    const name = definition.objective?.displayName ?? row.name;
    const serviceIds = options.servicesOf.get(row.subject_id) ?? [];
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
        parts: [
          {
            serviceIds,
            title: `Objective ${name} ${WORDS[each.to_state] ?? each.to_state}`,
          },
        ],
        before: { state: each.from_state, serviceIds },
        // Of a past that is measured there is no transition.
        origins: [],
      },
    ];
  });
}
