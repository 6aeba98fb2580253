import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams } from '../api';
import { SourcedPanel } from '../services/SourcedPanel';
import { useText } from '../translation';
import { Loadable, Note, Stack, Term, TextLink, WhyEmptyNote } from '../ui';
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
  return (
    <SourcedPanel
      title={<Term id="sync" />}
      of={answer.data}
      failed={answer.error !== undefined}
      empty={answer.data?.items.length === 0}
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
    </SourcedPanel>
  );
}
