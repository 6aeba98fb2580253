import { isSourceError } from '@day2/backstage-plugin-day2-node';

/**
 * Whether an error that came of one application concerns the whole Argo CD: a
 * refused credential, too many requests, an end of the run. All else may be of
 * that application alone, a refused connection as well: the list did come.
 */
export function isOfAll(error: unknown): boolean {
  return !isSourceError(error) || [401, 429].includes(error.status ?? 0);
}
