import { readListFilter, type ListFilter } from '../url';

/** What the address of the Incidents page holds; its keys are those of the API. */
export interface IncidentsFilter extends ListFilter {
  state?: 'open' | 'mitigated' | 'resolved' | 'unresolved';
  priority?: number;
}

/** States to choose from. */
export const askedStates = ['open', 'mitigated', 'resolved'] as const;

/** Reads the filters; whatever is not understood is left out. */
export function readIncidentsFilter(query: URLSearchParams): IncidentsFilter {
  const state = query.get('state');
  const priority = /^[1-5]$/.exec(query.get('priority') ?? '');
  return {
    ...readListFilter(query),
    state: [...askedStates, 'unresolved' as const].find(one => one === state),
    priority: priority ? Number(priority[0]) : undefined,
  };
}
