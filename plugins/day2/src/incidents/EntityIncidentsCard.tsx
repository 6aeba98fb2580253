import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { day2ApiRef, refreshEvery, serviceParams, useResource } from '../api';
import { defaultRange, resolveRange } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  DataTable,
  Loadable,
  Note,
  Panel,
  Stack,
  Subsection,
  TextLink,
  WhyEmptyNote,
} from '../ui';
import { incidentColumns } from './incidentColumns';
import { OnCallList } from './OnCallList';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** So many fit a card. */
const shown = 5;

/**
 * Card for the Overview tab: the latest incidents, and who is on call.
 *
 * @public
 */
export function EntityIncidentsCard() {
  const t = useText();
  const api = useApi(day2ApiRef);
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const path = useIncidentsPath();
  const tab = `${useRouteRef(entityRouteRef)(
    serviceParams(serviceRef),
  )}/day2?section=incidents`;
  const answer = useResource({
    key: serviceRef,
    load: signal =>
      api.call('listServiceIncidents', {
        params: serviceParams(serviceRef),
        query: {
          ...resolveRange({ choice: defaultRange, now: Date.now() }),
          limit: shown,
        },
        signal,
      }),
    every: refreshEvery,
  });
  const some = answer.data !== undefined && !answer.data.empty;
  return (
    <Panel
      title={t('incident.section')}
      stale={answer.error !== undefined}
      // Where there is none, the text says which sources were read.
      aside={some && <AsOf at={answer.data?.asOf} />}
    >
      <Loadable of={answer} what={t('incident.section')}>
        {({ empty, items, onCall }) => (
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
    </Panel>
  );
}
