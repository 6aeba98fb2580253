import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, refreshEvery, useHeadedPages, useKept } from '../api';
import { RangePicker } from '../services/RangePicker';
import { ReadingNote } from '../services/ReadingNote';
import { RecordDrawer } from '../services/RecordDrawer';
import { Standing } from '../services/Standing';
import { resolveRange } from '../time';
import { useText } from '../translation';
import { ListPanel, Stack, StaleScope } from '../ui';
import { usePageState, useQueryPatch } from '../url';
import { incidentColumns } from './incidentColumns';
import { readIncidentsFilter, type IncidentsFilter } from './incidentsFilter';
import { IncidentsFilters } from './IncidentsFilters';
import { incidentPath, useIncidentsPath } from './useIncidentsPath';

/** Every incident of the services one may see, newest first. */
export function IncidentsPage() {
  const t = useText();
  const api = useApi(day2ApiRef);
  const path = useIncidentsPath();
  const { query, patch } = useQueryPatch();
  const { state, change } = usePageState();
  const { open, range } = state;
  const filter = readIncidentsFilter(query);
  const filtered = Object.values(filter).some(Boolean);
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
  const onChange = (
    asked: IncidentsFilter,
    options?: { replace?: boolean },
  ) => {
    const { priority, text, ...rest } = asked;
    patch(
      {
        ...rest,
        ...('priority' in asked
          ? { priority: priority === undefined ? undefined : String(priority) }
          : {}),
        ...('text' in asked ? { q: text } : {}),
      },
      options,
    );
  };
  const sources = pages.head?.sources;
  return (
    // One source that fails is enough: something may be missing from any row.
    <StaleScope stale={(sources?.problems.length ?? 0) > 0}>
      <Stack>
        <ReadingNote sources={sources} />
        <ListPanel
          title={t('incident.section')}
          pages={pages}
          none={t(filtered ? 'incident.noneMatch' : 'incident.none')}
          filtered={filtered}
          filter={
            <>
              <IncidentsFilters
                filter={filter}
                facets={pages.head?.facets ?? facets}
                onChange={onChange}
              />
              <RangePicker
                range={range}
                onChange={chosen => change({ range: chosen })}
              />
            </>
          }
          standing={<Standing asOf={pages.asOf} sources={sources} />}
          columns={columns}
        />
        {open && (
          <RecordDrawer
            open={open}
            onOpen={record => change({ open: record })}
            onClose={() => change({ open: undefined })}
          />
        )}
      </Stack>
    </StaleScope>
  );
}
