import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams } from '../api';
import { useText } from '../translation';
import {
  AsOf,
  Loadable,
  Note,
  Panel,
  Stack,
  Term,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { SyncMatrix } from './SyncMatrix';
import { useApplications } from './useApplications';

/**
 * Card for the Overview tab: whether what runs is what Git asks for, by
 * environment and target.
 *
 * @public
 */
export function EntitySyncCard() {
  const t = useText();
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const tab = `${useRouteRef(entityRouteRef)(
    serviceParams(serviceRef),
  )}/day2?section=sync`;
  const answer = useApplications({ serviceRef });
  const some = answer.data !== undefined && answer.data.items.length > 0;
  return (
    <Panel
      title={<Term id="sync" />}
      stale={answer.error !== undefined}
      // Where there is none, the text says which sources were read.
      aside={some && <AsOf at={answer.data?.asOf} />}
    >
      <Loadable of={answer} what={t('gitops.section')}>
        {({ items, empty, nextCursor, running }) =>
          items.length === 0 ? (
            (empty && <WhyEmptyNote why={empty} />) || (
              <Note>{t('gitops.none')}</Note>
            )
          ) : (
            <Stack>
              <SyncMatrix
                items={items}
                running={running}
                linkTo={id =>
                  `${tab}&open=${encodeURIComponent(`application:${id}`)}`
                }
              />
              {nextCursor !== undefined && (
                <Note>{t('gitops.more', { n: String(items.length) })}</Note>
              )}
              <TextLink to={tab}>{t('gitops.toTab')}</TextLink>
            </Stack>
          )
        }
      </Loadable>
    </Panel>
  );
}
