import { useApi } from '@backstage/core-plugin-api';
import type { ScoreboardGrouping } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, refreshEvery, useHeadedPages } from '../api';
import type { BoardQuery } from './boardState';
import { rowKey } from './rowKey';
import { getScoreboard } from './scoreboardCalls';

/** The rows of a scoreboard, page by page; `head` has its total and range. */
export function useScoreboard(options: {
  query: BoardQuery;
  groupBy: ScoreboardGrouping;
  /** Entity ref: only what is in it. */
  within?: string;
}) {
  const { query, groupBy, within } = options;
  const api = useApi(day2ApiRef);
  return useHeadedPages({
    key: JSON.stringify([query, groupBy, within]),
    load: async (cursor, signal) => {
      const board = await getScoreboard(api, {
        query,
        signal,
        more: { groupBy, within, cursor, limit: 100 },
      });
      const items = board.items.map(row => ({
        ...row,
        id: rowKey(row),
      }));
      return { ...board, items };
    },
    every: refreshEvery,
  });
}
