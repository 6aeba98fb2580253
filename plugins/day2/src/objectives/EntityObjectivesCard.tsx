import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams } from '../api';
import { SourcedPanel } from '../services/SourcedPanel';
import { useText } from '../translation';
import {
  DataTable,
  Loadable,
  Note,
  Stack,
  Term,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { objectiveColumns } from './objectiveColumns';
import { useServiceObjectives } from './useServiceObjectives';

/** So many fit a card. */
const shown = 5;

/**
 * Card for the Overview tab: the objectives with the least budget left.
 *
 * @public
 */
export function EntityObjectivesCard() {
  const t = useText();
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const tab = `${useRouteRef(entityRouteRef)(
    serviceParams(serviceRef),
  )}/day2?section=objectives`;
  const pages = useServiceObjectives(serviceRef);
  return (
    <SourcedPanel
      title={<Term id="objective" plural />}
      of={pages.head}
      failed={pages.error !== undefined}
      empty={pages.items?.length === 0}
    >
      <Loadable
        of={{ ...pages, data: pages.items }}
        what={t('objective.section')}
      >
        {items =>
          items.length === 0 ? (
            (pages.empty && <WhyEmptyNote why={pages.empty} />) || (
              <Note>{t('objective.none')}</Note>
            )
          ) : (
            <Stack>
              <DataTable
                caption={t('objective.section')}
                captionHidden
                plain
                rows={items.slice(0, shown)}
                rowId={row => row.id}
                columns={objectiveColumns({
                  t,
                  to: ({ id }) => `${tab}&objective=${encodeURIComponent(id)}`,
                }).filter(({ secondary }) => !secondary)}
              />
              {(items.length > shown || pages.hasMore) && (
                <Note>{t('objective.first', { n: String(shown) })}</Note>
              )}
              <TextLink to={tab}>{t('objective.toTab')}</TextLink>
            </Stack>
          )
        }
      </Loadable>
    </SourcedPanel>
  );
}
