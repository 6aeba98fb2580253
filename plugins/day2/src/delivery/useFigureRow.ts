import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, serviceParams, useResource } from '../api';
import type { BoardQuery } from './boardState';
import type { FigureRef } from './figureRef';
import { deliveryQuery, getScoreboard } from './scoreboardCalls';

/**
 * The figures of whom a drawer is about. They are asked for by themselves, so
 * that a link opens a drawer whose row is on no page loaded yet.
 */
export function useFigureRow(options: {
  figure: Pick<FigureRef, 'grouping' | 'ref'>;
  query: BoardQuery;
}) {
  const { figure, query } = options;
  const { grouping, ref } = figure;
  const api = useApi(day2ApiRef);
  return useResource({
    key: JSON.stringify([query, grouping, ref]),
    load: async signal => {
      if (grouping === 'service' && ref !== undefined) {
        const { membership: _always, ...asked } = deliveryQuery(query);
        return api.call('getServiceDelivery', {
          params: serviceParams(ref),
          query: { ...asked, compare: String(query.compare) },
          signal,
        });
      }
      const board = await getScoreboard(api, {
        query,
        signal,
        more: { groupBy: grouping, within: ref, limit: 200 },
      });
      // In a group there are the groups below it as well.
      const row = board.items.find(one => one.ref === ref) ?? board.total;
      return { ...board, row };
    },
  });
}
