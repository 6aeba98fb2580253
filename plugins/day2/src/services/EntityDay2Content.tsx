import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { day2ApiRef, useResource } from '../api';

/**
 * The tab *Day 2* of an entity's page.
 *
 * @public
 */
export function EntityDay2Content() {
  const { entity } = useEntity();
  const api = useApi(day2ApiRef);
  const params = {
    kind: entity.kind.toLowerCase(),
    namespace: entity.metadata.namespace ?? 'default',
    name: entity.metadata.name,
  };
  const { data, error } = useResource({
    key: JSON.stringify(params),
    load: signal => api.call('getServiceSummary', { params, signal }),
    every: 30_000,
  });
  return <p>{data?.tiles.changes.headline ?? error?.message ?? 'Loading'}</p>;
}
