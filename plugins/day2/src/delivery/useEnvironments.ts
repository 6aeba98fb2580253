import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, useResource } from '../api';

/** Names of the configured environments; undefined until they are known. */
export function useEnvironments(): string[] | undefined {
  const api = useApi(day2ApiRef);
  const { data } = useResource({
    key: 'environments',
    load: signal => api.call('listEnvironments', { signal }),
  });
  return data?.items.map(({ name }) => name);
}
