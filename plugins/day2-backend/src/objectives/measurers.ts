import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { FeedingSource } from '../sources/SourceFeed';
import { patienceMs } from '../sources/schedule';
import { SETTLES_MS } from './wantedRange';

/** A source that measures, and from when on its word is of now. */
export interface Measurer {
  source: FeedingSource;
  /** What is not known up to then is unknown: epoch milliseconds. */
  freshFrom: number;
}

/** The sources that measure objectives, by id. */
export type Measurers = ReadonlyMap<string, Measurer>;

/**
 * What measures, and for how long each is believed: a slot is over after five
 * minutes, is asked for a minute later, at the source's next turn but one.
 *
 * @param options - `configured`: of `SourceFeed`
 */
export function measurersOf(options: {
  configured: FeedingSource[];
  sources: Source[];
  /** Epoch milliseconds. */
  now: number;
}): Measurers {
  const byId = new Map(options.configured.map(each => [each.id, each]));
  return new Map(
    options.sources.flatMap(({ id, measures, everySeconds }) => {
      const source = byId.get(id);
      const patience = SLOT_MS + SETTLES_MS + patienceMs(everySeconds);
      return measures && source
        ? [[id, { source, freshFrom: options.now - patience }] as const]
        : [];
    }),
  );
}
