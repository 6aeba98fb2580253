import { useApi } from '@backstage/core-plugin-api';
import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, refreshEvery, usePages, type Pages } from '../api';
import { useText } from '../translation';
import { Button, Note, PagedTable, Row, Stack } from '../ui';
import { boardColumns } from './boardColumns';
import type { BoardState } from './boardState';
import type { FigureRef } from './figureRef';
import { rowKey } from './rowKey';
import { getScoreboard } from './scoreboardCalls';

type Group = ScoreboardRow & { id: string };
/** A row of the table: a group, a service of the open one, or what to say of these. */
type Line = { id: string; row?: Group; of?: Group };

/** A row a group; the open one is followed by its services. */
export function BoardTable(props: {
  pages: Pages<Group>;
  state: BoardState;
  onOpen: (figure: FigureRef) => void;
  onExpand: (key: string | undefined) => void;
}) {
  const { onExpand, pages, state } = props;
  const t = useText();
  const { grouping } = state;
  const expanded =
    grouping === 'service'
      ? undefined
      : pages.items?.find(row => row.id === state.expanded);
  const services = useServicesOf({ state, expanded });
  const lines = pages.items?.flatMap((row): Line[] => [
    { id: row.id, row },
    ...(row === expanded ? linesOf(row, services) : []),
  ]);
  const allAssumed = lines?.every(({ row }) => row?.membershipAssumed ?? true);
  const columns = boardColumns({
    t,
    allAssumed,
    onOpen: props.onOpen,
    expanded: expanded?.id,
    onExpand: row => {
      const key = rowKey(row);
      onExpand(key === expanded?.id ? undefined : key);
    },
  });
  const title = t('delivery.groupsTitle', {
    grouping: t(`delivery.grouping.${grouping}`),
  });
  const table = (
    <PagedTable
      pages={{ ...pages, items: lines }}
      count={pages.items?.length}
      title={title}
      none={t('delivery.none', {
        grouping: t(`delivery.grouping.${grouping}`),
      })}
      columns={columns.map((column, index) => ({
        ...column,
        cell: ({ of, row }: Line) => {
          if (row) {
            const cell = column.cell(row);
            return index === 0 && row.grouping !== grouping ? (
              <div style={{ paddingLeft: 16 }}>{cell}</div>
            ) : (
              cell
            );
          }
          return index === 0 && of ? (
            <ServicesState of={of} services={services} />
          ) : null;
        },
      }))}
    />
  );
  return allAssumed && lines?.length ? (
    <Stack>
      <Note>{t('delivery.assumed')}</Note>
      {table}
    </Stack>
  ) : (
    table
  );
}

/** The services of the open group; nothing is asked while none is open. */
function useServicesOf(options: { state: BoardState; expanded?: Group }) {
  const { expanded, state } = options;
  const { grouping: _grouping, expanded: _expanded, ...query } = state;
  const api = useApi(day2ApiRef);
  return usePages<Group>({
    key: JSON.stringify([query, expanded?.id]),
    load: async (cursor, signal) => {
      if (!expanded) {
        return { items: [] };
      }
      const board = await getScoreboard(api, {
        query,
        signal,
        more: { groupBy: 'service', within: expanded.ref, cursor, limit: 100 },
      });
      const items = board.items.map(row => ({ ...row, id: rowKey(row) }));
      return { ...board, items };
    },
    every: refreshEvery,
  });
}

function linesOf(of: Group, services: Pages<Group>): Line[] {
  const { error, hasMore, items } = services;
  const lines = (items ?? []).map(row => ({ id: `${of.id} ${row.id}`, row }));
  return error || hasMore || lines.length === 0
    ? [...lines, { id: `${of.id} …`, of }]
    : lines;
}

/** What is to be said below the services of a group, or in their place. */
function ServicesState(props: { of: Group; services: Pages<Group> }) {
  const t = useText();
  const { services } = props;
  const { title } = props.of;
  if (services.error) {
    return (
      <Row gap="small">
        <Note>{t('delivery.servicesFailed')}</Note>
        <Button icon="refresh" onClick={services.reload}>
          {t('kit.retry')}
        </Button>
      </Row>
    );
  }
  if (services.loading) {
    return <Note>{t('delivery.loadingServices', { title })}</Note>;
  }
  return services.hasMore ? (
    <Button
      onClick={services.loadMore}
      disabled={services.loadingMore}
      label={t('delivery.moreServices', { title })}
    >
      {t('kit.more')}
    </Button>
  ) : (
    <Note>{t('delivery.noServices')}</Note>
  );
}
