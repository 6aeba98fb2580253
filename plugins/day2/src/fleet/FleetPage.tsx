import { useMemo } from 'react';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  day2ApiRef,
  refreshEvery,
  serviceParams,
  useHeadedPages,
  useKept,
} from '../api';
import { useText } from '../translation';
import { ListPanel, Stack, StaleScope } from '../ui';
import { useQueryPatch } from '../url';
import { useWords, WordsSwitch } from '../vocabulary';
import { ReadingNote } from '../services/ReadingNote';
import { Standing } from '../services/Standing';
import { fleetColumns } from './fleetColumns';
import { FleetFilters } from './FleetFilters';
import { readFleetFilter, type FleetFilter } from './fleetState';

/** Every service one may see in one row, with its five states. */
export function FleetPage() {
  const t = useText();
  const { word } = useWords();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const { query, patch } = useQueryPatch();
  const filter = readFleetFilter(query);
  const pages = useHeadedPages({
    key: JSON.stringify(filter),
    load: async (cursor, signal) => {
      const answer = await api.call('listFleet', {
        query: { ...filter, cursor, limit: 200 },
        signal,
      });
      const items = answer.items.map(row => ({ ...row, id: row.service.id }));
      return { ...answer, items };
    },
    every: refreshEvery,
  });
  // Facets are of all one may see, so they stay while another filter loads.
  const facets = useKept({ key: 'fleet', value: pages.head?.facets });
  const columns = useMemo(
    () =>
      fleetColumns({
        t,
        word,
        tab: ref => `${entityRoute(serviceParams(ref))}/day2`,
      }),
    [t, word, entityRoute],
  );
  const onChange = (change: FleetFilter, options?: { replace?: boolean }) => {
    const { text, ...rest } = change;
    patch({ ...rest, ...('text' in change ? { q: text } : {}) }, options);
  };
  const sources = pages.head?.sources;
  return (
    // One source that fails is enough: something may be missing from any row.
    <StaleScope stale={(sources?.problems.length ?? 0) > 0}>
      <Stack>
        <ReadingNote sources={sources} />
        <ListPanel
          title={t('fleet.title')}
          pages={pages}
          none={t(
            Object.values(filter).some(Boolean)
              ? 'fleet.noneMatch'
              : 'fleet.none',
          )}
          filtered={Object.values(filter).some(Boolean)}
          filter={
            <>
              <FleetFilters
                filter={filter}
                facets={pages.head?.facets ?? facets}
                onChange={onChange}
              />
              <WordsSwitch />
            </>
          }
          standing={<Standing asOf={pages.asOf} sources={sources} />}
          columns={columns}
        />
      </Stack>
    </StaleScope>
  );
}
