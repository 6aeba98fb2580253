import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';
import { useSearchParams } from 'react-router-dom';
import { day2ApiRef, serviceParams, usePages } from '../api';
import { useText } from '../translation';
import { Chip, ListPanel, Row, SearchField, TextLink } from '../ui';
import { readText } from '../url';

/** The services one may see, each with the way to its tab. */
export function ServicesPage() {
  const t = useText();
  const api = useApi(day2ApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const [query, setQuery] = useSearchParams();
  const text = readText(query);
  const pages = usePages({
    key: text,
    load: (cursor, signal) =>
      api.call('listServices', {
        query: { text: text || undefined, cursor, limit: 100 },
        signal,
      }),
  });
  return (
    <ListPanel
      title={t('service.all')}
      pages={pages}
      none={t('timeline.noneMatch')}
      filter={
        <SearchField
          label={t('service.find')}
          value={text}
          onChange={value =>
            setQuery(value ? { q: value } : {}, { replace: true })
          }
        />
      }
      columns={[
        {
          header: t('service.name'),
          wide: true,
          cell: row => (
            <Row>
              <TextLink to={`${entityRoute(serviceParams(row.ref))}/day2`}>
                {row.title}
              </TextLink>
              {row.sandbox && <Chip tone="info">{t('service.sandbox')}</Chip>}
            </Row>
          ),
        },
        {
          header: t('service.owner'),
          cell: row =>
            row.owner ? (
              <EntityRefLink entityRef={row.owner} defaultKind="group" />
            ) : (
              t('service.noOwner')
            ),
        },
        {
          header: t('service.system'),
          secondary: true,
          cell: row =>
            row.system && (
              <EntityRefLink entityRef={row.system} defaultKind="system" />
            ),
        },
        {
          header: t('service.lifecycle'),
          secondary: true,
          cell: row => row.lifecycle,
        },
      ]}
    />
  );
}
