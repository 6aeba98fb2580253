import { FleetState } from '@day2/backstage-plugin-day2-common';

/** What the address of the Fleet page holds; its keys are those of the API. */
export interface FleetFilter {
  owner?: string;
  system?: string;
  sync?: FleetState['state'];
  text?: string;
}

// What the API takes; a longer value would make the page fail.
const longestRef = 300;
const longestText = 100;

/** Reads the filters; whatever is not understood is left out. */
export function readFleetFilter(query: URLSearchParams): FleetFilter {
  const ref = (key: string) =>
    query.get(key)?.slice(0, longestRef) || undefined;
  return {
    owner: ref('owner'),
    system: ref('system'),
    sync: FleetState.shape.state.safeParse(query.get('sync')).data,
    text: query.get('q')?.slice(0, longestText) || undefined,
  };
}
