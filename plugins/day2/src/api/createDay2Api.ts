import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { Day2Client, type Day2Api } from '@day2/backstage-plugin-day2-common';

/** The client over the portal's discovery and its signed-in `fetch`. */
export function createDay2Api(options: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): Day2Api {
  return new Day2Client({
    baseUrl: () => options.discoveryApi.getBaseUrl('day2'),
    fetch: options.fetchApi.fetch,
  });
}
