import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams } from '../api';
import { useText } from '../translation';
import {
  Loadable,
  Panel,
  Stack,
  StaleScope,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { ReadingNote } from '../services/ReadingNote';
import { Standing } from '../services/Standing';
import { BoardScope } from './BoardScope';
import { figureId } from './figureRef';
import { FigureTiles } from './FigureTiles';
import { useServiceDelivery } from './useServiceDelivery';

/**
 * Card for the Overview tab: the delivery figures of the last 30 days.
 *
 * @public
 */
export function EntityDeliveryCard() {
  const t = useText();
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const tab = `${useRouteRef(entityRouteRef)(
    serviceParams(serviceRef),
  )}/day2?section=delivery&range=30d`;
  const answer = useServiceDelivery({ serviceRef, range: { preset: '30d' } });
  return (
    <StaleScope stale={(answer.data?.sources?.problems.length ?? 0) > 0}>
      <Panel
        title={t('delivery.title')}
        stale={answer.error !== undefined}
        aside={answer.data && <Standing {...answer.data} />}
      >
        <Loadable of={answer} what={t('delivery.title')}>
          {data => (
            <Stack>
              <ReadingNote sources={data.sources} />
              {data.empty ? (
                <WhyEmptyNote why={data.empty} />
              ) : (
                <FigureTiles
                  row={data.row}
                  linkTo={figure =>
                    `${tab}&open=${encodeURIComponent(
                      `figure:${figureId(figure)}`,
                    )}`
                  }
                />
              )}
              <BoardScope of={data} />
              <TextLink to={tab}>{t('delivery.toTab')}</TextLink>
            </Stack>
          )}
        </Loadable>
      </Panel>
    </StaleScope>
  );
}
