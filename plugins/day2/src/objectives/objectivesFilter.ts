import { ObjectiveStateWord } from '@day2/backstage-plugin-day2-common';
import { readListFilter, type ListFilter } from '../url';

/** What the address of the Objectives page holds; its keys are those of the API. */
export interface ObjectivesFilter extends ListFilter {
  state?: ObjectiveStateWord;
}

/** Reads the filters; whatever is not understood is left out. */
export function readObjectivesFilter(query: URLSearchParams): ObjectivesFilter {
  return {
    ...readListFilter(query),
    state: ObjectiveStateWord.safeParse(query.get('state')).data,
  };
}
