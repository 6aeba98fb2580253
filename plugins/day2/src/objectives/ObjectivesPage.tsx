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
import { ReadingNote } from '../services/ReadingNote';
import { Standing } from '../services/Standing';
import { useText } from '../translation';
import { ListPanel, Stack, StaleScope } from '../ui';
import { useQueryPatch } from '../url';
import { useWords, WordsSwitch } from '../vocabulary';
import { objectiveColumns } from './objectiveColumns';
import {
  readObjectivesFilter,
  type ObjectivesFilter,
} from './objectivesFilter';
import { ObjectivesFilters } from './ObjectivesFilters';

/** Every objective of the services one may see, the least budget left first. */
export function ObjectivesPage() {
  const t = useText();
  const { word } = useWords();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const { query, patch } = useQueryPatch();
  const filter = readObjectivesFilter(query);
  const filtered = Object.values(filter).some(Boolean);
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
  const onChange = (
    change: ObjectivesFilter,
    options?: { replace?: boolean },
  ) => {
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
          title={word('objective', { plural: true })}
          pages={pages}
          none={t(filtered ? 'objective.noneMatch' : 'objective.nonePage')}
          filtered={filtered}
          filter={
            <>
              <ObjectivesFilters
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
