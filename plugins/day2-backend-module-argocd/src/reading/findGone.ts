import { isSourceError } from '@day2/backstage-plugin-day2-node';
import type { ArgocdClient } from '../client';
import type { ArgocdCursor } from './cursor';
import { isOfAll } from './isOfAll';
import type { Listed } from './readList';

/** Asked for by name in one run; the rest stands until the next. */
const maxChecks = 200;

/** What of the applications that the list does not name any more. */
export interface Vanished {
  /** Argo CD says there is none. */
  gone: string[];
  /** Argo CD does not let us see it. */
  refused: string[];
  /** Argo CD fails when asked for it. */
  failed: { key: string; status?: number }[];
}

/**
 * The list leaves out without a word what the account may not see, so each
 * application that is missing from it is asked for by name.
 *
 * @throws SourceError where Argo CD itself cannot be read
 */
export async function findGone(options: {
  client: ArgocdClient;
  cursor: ArgocdCursor;
  listed: Map<string, Listed>;
  /** Those that were refused before are asked for again. */
  all: boolean;
  /** Whether only a part of the applications is asked for: what is not listed then is none of ours. */
  narrowed: boolean;
  signal: AbortSignal;
}): Promise<Vanished> {
  const { client, cursor, listed, all, narrowed, signal } = options;
  const missing = Object.entries(cursor.apps)
    .filter(([key, known]) => !listed.has(key) && (all || !known.r))
    // Those that were refused before come last.
    .sort(([, a], [, b]) => Number(a.r ?? false) - Number(b.r ?? false))
    .slice(0, maxChecks);
  const result: Vanished = { gone: [], refused: [], failed: [] };
  await Promise.all(
    missing.map(async ([key, known]) => {
      const slash = key.indexOf('/');
      try {
        await client.get({
          name: key.slice(slash + 1),
          namespace: key.slice(0, slash) || undefined,
          project: known.p,
          failing: known.w === 'failed',
          signal,
        });
      } catch (error) {
        const status = isSourceError(error) ? error.status : undefined;
        if (status === 404) {
          result.gone.push(key);
        } else if (status === 403) {
          result.refused.push(key);
        } else if (isOfAll(error)) {
          throw error;
        } else {
          // Nothing follows of it: it stands.
          result.failed.push({ key, status });
        }
        return;
      }
      // It is there: the next list has it, or it no longer is in what we ask for.
      if (narrowed) {
        result.gone.push(key);
      }
    }),
  );
  return result;
}
