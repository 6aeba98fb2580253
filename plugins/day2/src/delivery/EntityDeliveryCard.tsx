import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams } from '../api';
import { useText } from '../translation';
import { Loadable, Stack, TextLink, WhyEmptyNote } from '../ui';
import { SourcedPanel } from '../services/SourcedPanel';
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
    <SourcedPanel
      title={t('delivery.title')}
      of={answer.data}
      failed={answer.error !== undefined}
    >
      <Loadable of={answer} what={t('delivery.title')}>
        {data => (
          <Stack>
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
    </SourcedPanel>
  );
}
