import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { PartStanding } from '@day2/backstage-plugin-day2-common';
import {
  day2ApiRef,
  refreshEvery,
  serviceParams,
  useHeadedPages,
} from '../api';
import { PartPanel } from '../services/PartPanel';
import { PartScope } from '../services/PartScope';
import { Standing } from '../services/Standing';
import { resolveRange } from '../time';
import { useText } from '../translation';
import { ListPanel, Stack } from '../ui';
import { usePageState } from '../url';
import { incidentColumns } from './incidentColumns';
import { OnCallList } from './OnCallList';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** The section Incidents: what is broken, who is on call, what was. */
export function IncidentsSection(props: {
  serviceRef: string;
  environment?: string;
  /** How the sources stand that tell who is on call. */
  onCall?: PartStanding;
}) {
  const t = useText();
  const path = useIncidentsPath();
  const { change } = usePageState();
  const { environment, serviceRef } = props;
  const asked = { environment, serviceRef };
  const unresolved = useServiceIncidents({ ...asked, state: 'unresolved' });
  const resolved = useServiceIncidents({ ...asked, state: 'resolved' });
  const columns = useMemo(
    () =>
      incidentColumns({
        t,
        to: id => incidentPath(path, id),
        onOpen: record => change({ open: record }),
      }),
    [t, path, change],
  );
  const { onCall, sources } = unresolved.head ?? {};
  const standing =
    sources && sources.problems.length > 0 ? (
      <Standing asOf={unresolved.asOf} sources={sources} />
    ) : undefined;
  // Why there may be none at all: said once, and then no longer range helps.
  const why =
    unresolved.empty && unresolved.empty.reason !== 'nothing-found'
      ? unresolved.empty
      : undefined;
  return (
    <Stack>
      <PartScope of={sources}>
        <ListPanel
          title={t('incident.open')}
          standing={standing}
          pages={unresolved}
          none={t('incident.noneOpen')}
          // That none is open is well: no more is to be said of it.
          filtered={!why}
          columns={columns}
        />
      </PartScope>
      {onCall && (
        <PartPanel title={t('incident.onCall')} of={props.onCall}>
          <OnCallList onCall={onCall} />
        </PartPanel>
      )}
      {!(why && resolved.items?.length === 0) && (
        <PartScope of={sources}>
          <ListPanel
            title={t('incident.past')}
            pages={resolved}
            none={t('incident.nonePast')}
            filtered
            columns={columns}
          />
        </PartScope>
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
