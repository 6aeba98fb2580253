import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  day2ApiRef,
  refreshEvery,
  serviceParams,
  useHeadedPages,
} from '../api';
import { resolveRange } from '../time';
import { useText } from '../translation';
import { ListPanel, Panel, Stack } from '../ui';
import { usePageState } from '../url';
import { incidentColumns } from './incidentColumns';
import { OnCallList } from './OnCallList';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** The section Incidents: what is broken, who is on call, what was. */
export function IncidentsSection(props: {
  serviceRef: string;
  environment?: string;
}) {
  const t = useText();
  const path = useIncidentsPath();
  const { change } = usePageState();
  const unresolved = useServiceIncidents({ ...props, state: 'unresolved' });
  const resolved = useServiceIncidents({ ...props, state: 'resolved' });
  const columns = useMemo(
    () =>
      incidentColumns({
        t,
        to: id => incidentPath(path, id),
        onOpen: record => change({ open: record }),
      }),
    [t, path, change],
  );
  const onCall = unresolved.head?.onCall;
  // Why there may be none at all: said once, and then no longer range helps.
  const why =
    unresolved.empty && unresolved.empty.reason !== 'nothing-found'
      ? unresolved.empty
      : undefined;
  return (
    <Stack>
      <ListPanel
        title={t('incident.open')}
        pages={unresolved}
        none={t('incident.noneOpen')}
        // That none is open is well: no more is to be said of it.
        filtered={!why}
        columns={columns}
      />
      {onCall && (
        <Panel level={3} title={t('incident.onCall')}>
          <OnCallList onCall={onCall} />
        </Panel>
      )}
      {!(why && resolved.items?.length === 0) && (
        <ListPanel
          title={t('incident.past')}
          pages={resolved}
          none={t('incident.nonePast')}
          filtered
          columns={columns}
        />
      )}
    </Stack>
  );
}

function useServiceIncidents(options: {
  serviceRef: string;
  environment?: string;
  state: 'unresolved' | 'resolved';
}) {
  const { environment, serviceRef, state } = options;
  const api = useApi(day2ApiRef);
  const { range } = usePageState().state;
  return useHeadedPages({
    key: JSON.stringify([serviceRef, environment, state, range]),
    load: (cursor, signal) =>
      api.call('listServiceIncidents', {
        params: serviceParams(serviceRef),
        query: {
          environment,
          state,
          ...resolveRange({ choice: range, now: Date.now() }),
          cursor,
        },
        signal,
      }),
    every: refreshEvery,
  });
}
