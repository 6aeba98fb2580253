import { toNumber } from '../database';
import type {
  ObjectiveDefinition,
  ObjectiveRow,
} from '../objectives/objectiveRecord';
import type { ObjectiveTransition } from '../objectives/objectiveStore';
import type { RecordTransition } from './EffectQueue';

const WORDS: Record<string, string> = {
  page: 'burns its error budget fast',
  ticket: 'burns its error budget',
  exhausted: 'has used up its error budget',
  ok: 'is well again',
  'no traffic': 'is without traffic',
};

/** What became of objectives, for whoever is told. */
export function objectiveTransitions(options: {
  transitions: ObjectiveTransition[];
  rows: ObjectiveRow[];
  /** Ids of the services of each subject. */
  servicesOf: Map<string, string[]>;
}): RecordTransition[] {
  const rows = new Map(options.rows.map(row => [row.id, row]));
  return options.transitions.flatMap(each => {
    const row = rows.get(each.objective_id);
    if (!row) {
      return [];
    }
    const definition: ObjectiveDefinition = JSON.parse(row.record);
    const name = definition.objective?.displayName ?? row.name;
    return [
      {
        kind: 'objective' as const,
        recordId: row.id,
        at: toNumber(each.at)!,
        from: each.from_state,
        to: each.to_state,
        title: `Objective ${name} ${WORDS[each.to_state] ?? each.to_state}`,
        serviceIds: options.servicesOf.get(row.subject_id) ?? [],
        path: `/day2/objectives?q=${encodeURIComponent(
          row.name.slice(0, 100),
        )}`,
        sources: row.measured_by ? [row.measured_by] : [],
      },
    ];
  });
}
