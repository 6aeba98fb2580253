import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useText } from '../translation';
import { Loadable, Note, Stack, TextLink, WhyEmptyNote } from '../ui';
import { SourcedPanel } from '../services/SourcedPanel';
import { BoardScope } from './BoardScope';
import { defaultBoardRange } from './boardRange';
import { readerZone } from './boardState';
import { figureId } from './figureRef';
import { FigureTiles } from './FigureTiles';
import { HiddenNote } from './HiddenNote';
import { useFigureRow } from './useFigureRow';
import { useScoreboardPath } from './useScoreboardPath';

/**
 * Card for the page of a group: how its services were delivered in the last 30
 * days, those of the groups below it too.
 *
 * @public
 */
export function EntityGroupDeliveryCard() {
  const t = useText();
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const board = useScoreboardPath();
  const answer = useFigureRow({
    figure: { grouping: 'team', ref },
    query: {
      range: defaultBoardRange,
      zone: readerZone(),
      membership: 'then',
      compare: true,
    },
  });
  const linkTo =
    board === undefined
      ? undefined
      : (figure: Parameters<typeof figureId>[0]) =>
          `${board}?open=${encodeURIComponent(`figure:${figureId(figure)}`)}`;
  return (
    <SourcedPanel
      title={t('delivery.title')}
      of={answer.data}
      failed={answer.error !== undefined}
    >
      <Loadable of={answer} what={t('delivery.title')}>
        {({ row, ...data }) => (
          <Stack>
            {row.services === 0 && data.empty && (
              <WhyEmptyNote why={data.empty} />
            )}
            {row.services === 0 && !data.empty && (
              <Note>{t('delivery.noServices')}</Note>
            )}
            {row.services > 0 && (
              <FigureTiles
                // Shown are the group's own, whatever they were asked for by.
                row={{ ...row, grouping: 'team', ref }}
                linkTo={linkTo}
              />
            )}
            <HiddenNote hidden={row.hidden} />
            <BoardScope of={data} />
            {board && (
              <TextLink to={`${board}?expand=${encodeURIComponent(ref)}`}>
                {t('delivery.toScoreboard')}
              </TextLink>
            )}
          </Stack>
        )}
      </Loadable>
    </SourcedPanel>
  );
}
