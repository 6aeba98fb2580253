import { longestText } from './pageState';

/** What the address of every filtered list holds; its keys are those of the API. */
export interface ListFilter {
  owner?: string;
  system?: string;
  text?: string;
}

// What the API takes; a longer value would make the page fail.
const longestRef = 300;

/** Reads what every list is filtered by; what is absent is left out. */
export function readListFilter(query: URLSearchParams): ListFilter {
  const ref = (key: string) =>
    query.get(key)?.slice(0, longestRef) || undefined;
  return {
    owner: ref('owner'),
    system: ref('system'),
    text: query.get('q')?.slice(0, longestText) || undefined,
  };
}
