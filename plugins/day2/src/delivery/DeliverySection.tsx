import { useText } from '../translation';
import { Loadable, Panel, Stack, TextLink, WhyEmptyNote } from '../ui';
import { PartScope } from '../services/PartScope';
import { ReadingNote } from '../services/ReadingNote';
import { Standing } from '../services/Standing';
import { usePageState, useQueryPatch } from '../url';
import { BoardScope } from './BoardScope';
import { readCompare, readerZone } from './boardState';
import { CompareField } from './CompareField';
import { Definitions } from './Definitions';
import { FigureDrawer } from './FigureDrawer';
import { openFigure, readFigure } from './figureRef';
import { FigureTiles } from './FigureTiles';
import { useScoreboardPath } from './useScoreboardPath';
import { useServiceDelivery } from './useServiceDelivery';

/** The section Delivery: the figures of one service. */
export function DeliverySection(props: {
  serviceRef: string;
  environment?: string;
}) {
  const t = useText();
  const { environment, serviceRef } = props;
  const { state } = usePageState();
  const { patch, query } = useQueryPatch();
  const board = useScoreboardPath();
  const compare = readCompare(query);
  const answer = useServiceDelivery({
    serviceRef,
    environment,
    range: state.range,
    compare,
  });
  const figure = readFigure(query);
  const sources = answer.data?.sources;
  return (
    <PartScope of={sources}>
      <Panel
        title={t('delivery.title')}
        stale={answer.error !== undefined}
        aside={
          answer.data && <Standing asOf={answer.data.asOf} sources={sources} />
        }
      >
        <CompareField compare={compare} onChange={patch} />
        <Loadable of={answer} what={t('delivery.title')} lines={6}>
          {data => (
            <Stack>
              <ReadingNote sources={data.sources} />
              {data.empty && <WhyEmptyNote why={data.empty} />}
              <BoardScope of={data} />
              <FigureTiles
                row={data.row}
                onOpen={chosen => patch(openFigure(chosen))}
              />
              <Definitions />
              {board && (
                <TextLink to={board}>{t('delivery.toScoreboard')}</TextLink>
              )}
            </Stack>
          )}
        </Loadable>
        {figure && (
          <FigureDrawer
            key={query.get('open')}
            figure={figure}
            query={{
              range: state.range,
              zone: readerZone(),
              environment,
              membership: 'then',
              compare,
            }}
            onClose={() => patch({ open: undefined, role: undefined })}
          />
        )}
      </Panel>
    </PartScope>
  );
}
