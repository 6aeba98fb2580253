import type {
  Day2Api,
  OperationInput,
} from '@day2/backstage-plugin-day2-common';
import { resolveBoardRange } from './boardRange';
import type { BoardQuery } from './boardState';

/** When, where and whose deployments: what each route of delivery takes. */
export function deliveryQuery(query: BoardQuery) {
  const { range, zone, environment, membership } = query;
  return {
    ...resolveBoardRange({ choice: range, now: Date.now(), zone }),
    zone,
    environment,
    membership,
  };
}

/** Asks for a scoreboard with trends. */
export function getScoreboard(
  api: Day2Api,
  options: {
    query: BoardQuery;
    signal: AbortSignal;
    more: Pick<
      NonNullable<OperationInput<'getScoreboard'>['query']>,
      'groupBy' | 'within' | 'cursor' | 'limit'
    >;
  },
) {
  const { more, query, signal } = options;
  return api.call('getScoreboard', {
    query: {
      ...deliveryQuery(query),
      ...more,
      compare: String(query.compare),
      trend: 'true',
    },
    signal,
  });
}
