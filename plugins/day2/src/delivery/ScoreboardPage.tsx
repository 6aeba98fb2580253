import { useText } from '../translation';
import { Loadable, Note, Panel, Stack, StaleScope } from '../ui';
import { readOpen, useQueryPatch } from '../url';
import { ReadingNote } from '../services/ReadingNote';
import { RecordDrawer } from '../services/RecordDrawer';
import { Standing } from '../services/Standing';
import { BoardFilters } from './BoardFilters';
import { boardMisread } from './boardMisread';
import { BoardMisreadNote } from './BoardMisreadNote';
import { BoardScope } from './BoardScope';
import { readBoardState } from './boardState';
import { BoardTable } from './BoardTable';
import { Definitions } from './Definitions';
import { FigureDrawer } from './FigureDrawer';
import { openFigure, readFigure, type FigureRef } from './figureRef';
import { FigureTiles } from './FigureTiles';
import { HiddenNote } from './HiddenNote';
import { useEnvironments } from './useEnvironments';
import { useScoreboard } from './useScoreboard';

/** How teams deliver, over time: by name and never by rank, never by person. */
export function ScoreboardPage() {
  const t = useText();
  const { query, patch } = useQueryPatch();
  const environments = useEnvironments();
  const state = readBoardState(query, environments);
  const { grouping, expanded: _expanded, ...board } = state;
  const pages = useScoreboard({ query: board, groupBy: grouping });
  const { head } = pages;
  const figure = readFigure(query);
  const open = readOpen(query.get('open') ?? '');
  const onOpen = (chosen: FigureRef) => patch(openFigure(chosen));
  const failing = pages.error !== undefined;
  // One source that fails is enough: something may be missing from any figure.
  const stale = (head?.sources?.problems.length ?? 0) > 0;
  const close = () => patch({ open: undefined, role: undefined });
  const title = t('delivery.groupsTitle', {
    grouping: t(`delivery.grouping.${grouping}`),
  });
  return (
    <StaleScope stale={stale}>
      <Stack>
        <Panel
          title={t('delivery.scoreboard')}
          stale={failing}
          aside={head && <Standing {...head} />}
        >
          <BoardMisreadNote parts={boardMisread(query, environments)} />
          <BoardFilters
            state={state}
            environments={environments}
            shown={head}
            onChange={patch}
          />
          <Loadable
            of={{ ...pages, data: head }}
            what={t('delivery.scoreboard')}
            lines={6}
          >
            {data => (
              <Stack>
                <ReadingNote sources={data.sources} />
                <BoardScope of={data} />
                {data.asOf === undefined && !data.sources?.reading.length && (
                  <Note>{t('delivery.neverRead')}</Note>
                )}
                {data.ungrouped > 0 && (
                  <Note>
                    {t('delivery.ungrouped', {
                      count: data.ungrouped,
                      grouping: t(`delivery.grouping.${data.grouping}`),
                    })}
                  </Note>
                )}
                <HiddenNote hidden={data.total.hidden} />
                <FigureTiles row={data.total} onOpen={onOpen} />
                <Definitions />
              </Stack>
            )}
          </Loadable>
        </Panel>
        {head && (
          <Panel title={title} stale={failing}>
            <BoardTable
              pages={pages}
              state={state}
              onOpen={onOpen}
              onExpand={expand => patch({ expand })}
            />
          </Panel>
        )}
        {figure && (
          <FigureDrawer
            key={query.get('open')}
            figure={figure}
            query={board}
            onClose={close}
          />
        )}
        {open && open.kind !== 'figure' && (
          <RecordDrawer
            open={open}
            onOpen={next => patch({ open: `${next.kind}:${next.id}` })}
            onClose={close}
          />
        )}
      </Stack>
    </StaleScope>
  );
}
