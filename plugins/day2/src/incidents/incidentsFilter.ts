/** What the address of the Incidents page holds; its keys are those of the API. */
export interface IncidentsFilter {
  owner?: string;
  system?: string;
  state?: 'open' | 'mitigated' | 'resolved' | 'unresolved';
  priority?: number;
  text?: string;
}

/** States to choose from. */
export const askedStates = ['open', 'mitigated', 'resolved'] as const;

// What the API takes; a longer value would make the page fail.
const longestRef = 300;
const longestText = 100;

/** Reads the filters; whatever is not understood is left out. */
export function readIncidentsFilter(query: URLSearchParams): IncidentsFilter {
  const ref = (key: string) =>
    query.get(key)?.slice(0, longestRef) || undefined;
  const state = query.get('state');
  const priority = /^[1-5]$/.exec(query.get('priority') ?? '');
  return {
    owner: ref('owner'),
    system: ref('system'),
    state: [...askedStates, 'unresolved' as const].find(one => one === state),
    priority: priority ? Number(priority[0]) : undefined,
    text: query.get('q')?.slice(0, longestText) || undefined,
  };
}
