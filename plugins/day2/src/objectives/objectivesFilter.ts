import { ObjectiveStateWord } from '@day2/backstage-plugin-day2-common';

/** What the address of the Objectives page holds; its keys are those of the API. */
export interface ObjectivesFilter {
  owner?: string;
  system?: string;
  state?: ObjectiveStateWord;
  text?: string;
}

// What the API takes; a longer value would make the page fail.
const longestRef = 300;
const longestText = 100;

/** Reads the filters; whatever is not understood is left out. */
export function readObjectivesFilter(query: URLSearchParams): ObjectivesFilter {
  const ref = (key: string) =>
    query.get(key)?.slice(0, longestRef) || undefined;
  return {
    owner: ref('owner'),
    system: ref('system'),
    state: ObjectiveStateWord.safeParse(query.get('state')).data,
    text: query.get('q')?.slice(0, longestText) || undefined,
  };
}
