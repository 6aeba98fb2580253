import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useHeadedPages, useKept } from '../api';
import { RangePicker } from '../services/RangePicker';
import { RecordDrawer } from '../services/RecordDrawer';
import { SourcedList } from '../services/SourcedList';
import { resolveRange } from '../time';
import { useText } from '../translation';
import { useListFilter, usePageState } from '../url';
import { incidentColumns } from './incidentColumns';
import { readIncidentsFilter } from './incidentsFilter';
import { IncidentsFilters } from './IncidentsFilters';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** Every incident of the services one may see, newest first. */
export function IncidentsPage() {
  const t = useText();
  const api = useApi(day2ApiRef);
  const path = useIncidentsPath();
  const asked = useListFilter(readIncidentsFilter);
  const { filter, filtered } = asked;
  const { state, change } = usePageState();
  const { open, range } = state;
  const pages = useHeadedPages({
    key: JSON.stringify([filter, range]),
    load: (cursor, signal) =>
      api.call('listIncidents', {
        query: {
          ...filter,
          ...resolveRange({ choice: range, now: Date.now() }),
          cursor,
          limit: 100,
        },
        signal,
      }),
    every: refreshEvery,
  });
  // Facets are of all one may see, so they stay while another filter loads.
  const facets = useKept({ key: 'incidents', value: pages.head?.facets });
  const columns = useMemo(
    () =>
      incidentColumns({
        t,
        services: true,
        to: id => incidentPath(path, id),
        onOpen: record => change({ open: record }),
      }),
    [t, path, change],
  );
  return (
    <SourcedList
      title={t('incident.section')}
      pages={pages}
      sources={pages.head?.sources}
      none={t(filtered ? 'incident.noneMatch' : 'incident.none')}
      filtered={filtered}
      filter={
        <>
          <IncidentsFilters of={asked} facets={pages.head?.facets ?? facets} />
          <RangePicker
            range={range}
            onChange={chosen => change({ range: chosen })}
          />
        </>
      }
      columns={columns}
    >
      {open && (
        <RecordDrawer
          open={open}
          onOpen={record => change({ open: record })}
          onClose={() => change({ open: undefined })}
        />
      )}
    </SourcedList>
  );
}
