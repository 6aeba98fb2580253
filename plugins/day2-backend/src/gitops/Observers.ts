import type { Source } from '@day2/backstage-plugin-day2-node';
import type { FeedingSource, SourceFeed } from '../sources/SourceFeed';
import { patienceMs } from '../sources/schedule';

/** How far what a source said of applications can be taken for what is. */
export interface Observer {
  id: string;
  title: string;
  /** Epoch milliseconds: its last success. */
  asOf?: number;
  /** Not read for twice its interval, or not configured any more: why, in a sentence. */
  stale?: string;
}

/** The sources that observe applications, as they stand now. */
export interface Observers {
  of(sourceId: string): Observer;
  /** Ids of those whose word holds. */
  fresh: string[];
  /** Ids, the one whose word is to be taken first: those that hold before those that do not. */
  ranked: string[];
  configured: FeedingSource[];
}

export async function loadObservers(options: {
  feed: SourceFeed;
  sources: () => Source[];
  now: number;
}): Promise<Observers> {
  const { now } = options;
  const every = new Map(
    options.sources().map(({ id, everySeconds }) => [id, everySeconds]),
  );
  const configured = await options.feed.configured();
  const known = new Map(
    configured.map(source => {
      const { id, title, lastSuccessAt: asOf } = source;
      const stale = whyStale(source, patienceMs(every.get(id) ?? NaN), now);
      return [id, { id, title, asOf, stale } as Observer];
    }),
  );
  const fresh = [...known.values()].flatMap(({ id, stale }) =>
    stale === undefined ? [id] : [],
  );
  const others = [...known.keys()].filter(id => !fresh.includes(id));
  return {
    configured,
    fresh,
    ranked: [...fresh.sort(), ...others.sort()],
    of: id =>
      known.get(id) ?? {
        id,
        title: id.slice(id.indexOf(':') + 1),
        stale: `${id} is not among the sources of this portal any more`,
      },
  };
}

function whyStale(
  source: FeedingSource,
  patience: number,
  now: number,
): string | undefined {
  const { title, lastSuccessAt, failingSince, error } = source;
  // While it is read for the first time, what it says is of now.
  const since = lastSuccessAt ?? failingSince;
  if (since === undefined || now - since <= patience) {
    return undefined;
  }
  return error
    ? `${title} could not be read: ${error.text}`
    : `${title} was not read for more than twice its interval`;
}
