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
  Subsection,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { incidentColumns } from './incidentColumns';
import { OnCallList } from './OnCallList';
import { useCardIncidents } from './useCardIncidents';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** So many fit a card. */
const shown = 5;

/**
 * Card for the Overview tab: incidents, unresolved ones first, and who is on call.
 *
 * @public
 */
export function EntityIncidentsCard() {
  const t = useText();
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const path = useIncidentsPath();
  const tab = `${useRouteRef(entityRouteRef)(
    serviceParams(serviceRef),
  )}/day2?section=incidents`;
  const answer = useCardIncidents({ serviceRef, shown });
  return (
    <SourcedPanel
      title={t('incident.section')}
      of={answer.data}
      failed={answer.error !== undefined}
      empty={answer.data?.empty !== undefined}
    >
      <Loadable of={answer} what={t('incident.section')}>
        {({ empty, items, onCall, unshown }) => (
          <Stack>
            {items.length > 0 && (
              <DataTable
                caption={t('incident.section')}
                captionHidden
                plain
                rows={items}
                rowId={row => row.id}
                columns={incidentColumns({
                  t,
                  to: id =>
                    incidentPath(path, id) ??
                    `${tab}&open=${encodeURIComponent(`incident:${id}`)}`,
                }).slice(0, 4)}
              />
            )}
            {unshown > 0 && (
              <Note>{t('incident.unshown', { count: unshown })}</Note>
            )}
            {items.length === 0 &&
              ((empty && <WhyEmptyNote why={empty} />) || (
                <Note>{t('incident.none')}</Note>
              ))}
            {onCall.length > 0 && (
              <Subsection title={t('incident.onCall')}>
                <OnCallList onCall={onCall} />
              </Subsection>
            )}
            <TextLink to={tab}>{t('incident.toTab')}</TextLink>
          </Stack>
        )}
      </Loadable>
    </SourcedPanel>
  );
}
