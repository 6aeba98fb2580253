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
import { useListFilter } from '../url';
import { useWords, WordsSwitch } from '../vocabulary';
import { SourcedList } from '../services/SourcedList';
import { fleetColumns } from './fleetColumns';
import { FleetFilters } from './FleetFilters';
import { readFleetFilter } from './fleetState';

/** Every service one may see in one row, with its five states. */
export function FleetPage() {
  const t = useText();
  const { word } = useWords();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const asked = useListFilter(readFleetFilter);
  const { filter, filtered } = asked;
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
  return (
    <SourcedList
      title={t('fleet.title')}
      pages={pages}
      sources={pages.head?.sources}
      none={t(filtered ? 'fleet.noneMatch' : 'fleet.none')}
      filtered={filtered}
      filter={
        <>
          <FleetFilters of={asked} facets={pages.head?.facets ?? facets} />
          <WordsSwitch />
        </>
      }
      columns={columns}
    />
  );
}
