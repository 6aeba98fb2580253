import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  SourcesStanding,
  WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';
import type { ServiceRow } from '../services/ServiceStore';
import type { SummaryReads } from '../summary/SummaryReads';
import { asOfFeed, fedBy, type Feed, type SourceFeed } from './SourceFeed';
import { sourcesOfPart, type AnswerPart } from './partKinds';
import { sourcesStanding } from './sourcesStanding';
import { whyEmpty, type EmptyOf } from './whyEmpty';

/** What every list about a service says beside its items: how old it is, and why it is empty. */
export class AnswerContext {
  readonly #feed: SourceFeed;
  readonly #reads: SummaryReads;
  readonly #now: () => number;

  private constructor(options: {
    feed: SourceFeed;
    reads: SummaryReads;
    now: () => number;
  }) {
    this.#feed = options.feed;
    this.#reads = options.reads;
    this.#now = options.now;
  }

  static create(options: {
    feed: SourceFeed;
    reads: SummaryReads;
    now: () => number;
  }): AnswerContext {
    return new AnswerContext(options);
  }

  async of(options: {
    of: EmptyOf;
    service: ServiceRow;
    credentials: BackstageCredentials;
    range: Range;
    environment?: string;
    /** The page is the first one and has no item. */
    isEmpty: boolean;
    /** What feeds the service, where that was read before. */
    feed?: Feed;
  }): Promise<{ asOf?: string; empty?: WhyEmpty }> {
    const feed =
      options.feed ??
      (await this.#feed.of({ ...options, serviceId: options.service.id }));
    const asOf = asOfFeed(feed, this.#now(), options.of);
    return {
      asOf: asOf === undefined ? undefined : iso(asOf),
      empty: options.isEmpty
        ? whyEmpty({
            ...options,
            feed,
            latestAt: await this.#reads.latestBefore({
              of: options.of,
              serviceId: options.service.id,
              environment: options.environment,
              before: options.range.from,
            }),
          })
        : undefined,
    };
  }

  /** What feeds a service, and how what a part of it rests on stands. */
  async standing(options: {
    part: AnswerPart;
    serviceId: string;
    credentials: BackstageCredentials;
  }): Promise<{ feed: Feed; sources: SourcesStanding }> {
    const feed = await this.#feed.of(options);
    return {
      feed,
      sources: sourcesStanding({
        sources: sourcesOfPart(options.part, fedBy(feed)),
        now: this.#now(),
      }),
    };
  }

  /** How old what is known of a part of a service is. */
  async asOf(options: {
    part: AnswerPart;
    serviceId: string;
    credentials: BackstageCredentials;
  }): Promise<string | undefined> {
    const asOf = asOfFeed(
      await this.#feed.of(options),
      this.#now(),
      options.part,
    );
    return asOf === undefined ? undefined : iso(asOf);
  }
}
