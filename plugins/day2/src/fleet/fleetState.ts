import { FleetState } from '@day2/backstage-plugin-day2-common';
import { readListFilter, type ListFilter } from '../url';

/** What the address of the Fleet page holds; its keys are those of the API. */
export interface FleetFilter extends ListFilter {
  sync?: FleetState['state'];
}

/** Reads the filters; whatever is not understood is left out. */
export function readFleetFilter(query: URLSearchParams): FleetFilter {
  return {
    ...readListFilter(query),
    sync: FleetState.shape.state.safeParse(query.get('sync')).data,
  };
}
