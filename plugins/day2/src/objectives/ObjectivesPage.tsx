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
import { SourcedList } from '../services/SourcedList';
import { useText } from '../translation';
import { useListFilter } from '../url';
import { useWords, WordsSwitch } from '../vocabulary';
import { objectiveColumns } from './objectiveColumns';
import { readObjectivesFilter } from './objectivesFilter';
import { ObjectivesFilters } from './ObjectivesFilters';

/** Every objective of the services one may see, the least budget left first. */
export function ObjectivesPage() {
  const t = useText();
  const { word } = useWords();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const asked = useListFilter(readObjectivesFilter);
  const { filter, filtered } = asked;
  const pages = useHeadedPages({
    key: JSON.stringify(filter),
    load: (cursor, signal) =>
      api.call('listObjectives', {
        query: { ...filter, cursor, limit: 100 },
        signal,
      }),
    every: refreshEvery,
  });
  // Facets are of all one may see, so they stay while another filter loads.
  const facets = useKept({ key: 'objectives', value: pages.head?.facets });
  const columns = useMemo(() => {
    const tab = (ref: string) =>
      `${entityRoute(serviceParams(ref))}/day2?section=objectives`;
    return objectiveColumns({
      t,
      serviceTo: tab,
      to: ({ id, services: [first] }) =>
        first && `${tab(first.ref)}&objective=${encodeURIComponent(id)}`,
    });
  }, [t, entityRoute]);
  return (
    <SourcedList
      title={word('objective', { plural: true })}
      pages={pages}
      sources={pages.head?.sources}
      none={t(filtered ? 'objective.noneMatch' : 'objective.nonePage')}
      filtered={filtered}
      filter={
        <>
          <ObjectivesFilters of={asked} facets={pages.head?.facets ?? facets} />
          <WordsSwitch />
        </>
      }
      columns={columns}
    />
  );
}
