import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  day2SourceReadPermission,
  type SourceErrorCode,
} from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { activeLinks } from '../subjects/activeLinks';
import { sourcesOfPart, type AnswerPart } from './partKinds';
import { unnamed } from './unnamed';

/** How a configured source stands. */
export interface FeedingSource {
  id: string;
  title: string;
  kinds: Source['kinds'];
  paused?: boolean;
  /** Epoch milliseconds. */
  lastSuccessAt?: number;
  /** Epoch milliseconds. */
  failingSince?: number;
  error?: { code: SourceErrorCode; text: string; fix?: string };
  /** Its words are kept from the caller; its id is for us alone. */
  unnamed?: boolean;
}

/** What feeds a service. */
export interface Feed {
  /** Every configured source. */
  configured: FeedingSource[];
  /** Ids of those that speak of subjects of this service, or measure its objectives. */
  feedingIds: Set<string>;
  /** Kinds of subjects that are tied to the service. */
  subjectKinds: Set<string>;
  /** Somebody posts deployments of it: those are here at once. */
  posted: boolean;
}

/** Which sources a service's records come from, and how they stand. */
export class SourceFeed {
  readonly #database: Knex;
  readonly #sources: () => Source[];
  readonly #permissions: PermissionsService;

  private constructor(options: SourceFeedOptions) {
    this.#database = options.database;
    this.#sources = options.sources;
    this.#permissions = options.permissions;
  }

  static create(options: SourceFeedOptions): SourceFeed {
    return new SourceFeed(options);
  }

  /**
   * What feeds a service that the caller may see. Sources that do not feed it
   * are named to those alone who may read sources: their titles and errors
   * name repositories of services that the caller may not see.
   */
  async of(options: {
    serviceId: string;
    credentials: BackstageCredentials;
  }): Promise<Feed> {
    const [configured, maySee, measuring, subjects] = await Promise.all([
      this.configured(),
      this.#maySee(options.credentials),
      activeLinks(this.#database)
        .join('objective', 'objective.subject_id', 'link.subject_id')
        .where('link.service_id', options.serviceId)
        .whereNotNull('objective.measured_by')
        .distinct()
        .pluck('objective.measured_by'),
      activeLinks(this.#database)
        .join('subject', 'subject.id', 'link.subject_id')
        .where('link.service_id', options.serviceId)
        .distinct('subject.source', 'subject.kind'),
    ]);
    const ids = new Set(configured.map(source => source.id));
    const feedingIds = new Set(
      [...subjects.map(row => row.source), ...measuring].filter(id =>
        ids.has(id),
      ),
    );
    return {
      configured: configured.map((source, at) =>
        maySee || feedingIds.has(source.id) ? source : unnamed(source, at),
      ),
      feedingIds,
      subjectKinds: new Set(subjects.map(row => row.kind)),
      posted: subjects.some(row => !ids.has(row.source)),
    };
  }

  /** Sources with the words that the caller may read. */
  async seenBy(options: {
    /** All of them, in their order. */
    configured: FeedingSource[];
    credentials: BackstageCredentials;
  }): Promise<FeedingSource[]> {
    return (await this.#maySee(options.credentials))
      ? options.configured
      : options.configured.map(unnamed);
  }

  async #maySee(credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: day2SourceReadPermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** Every configured source, in the order they were added; for no answer as it is. */
  async configured(): Promise<FeedingSource[]> {
    const rows: Record<string, any>[] = await this.#database('source').select(
      'id',
      'last_success_at',
      'failing_since',
      'error',
      'paused',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return this.#sources().map(source => {
      const row = byId.get(source.id);
      return {
        id: source.id,
        title: source.title,
        kinds: source.kinds,
        paused: Boolean(row?.paused),
        lastSuccessAt: toNumber(row?.last_success_at),
        failingSince: toNumber(row?.failing_since),
        error: row?.error ? JSON.parse(row.error) : undefined,
      };
    });
  }
}

/** What sources are read with. */
export interface SourceFeedOptions {
  database: Knex;
  sources: () => Source[];
  permissions: PermissionsService;
}

/** The sources an answer about a service depends on: those that feed it, or all where none does. */
export function relevantSources(feed: Feed): FeedingSource[] {
  return feed.feedingIds.size > 0
    ? feed.configured.filter(source => feed.feedingIds.has(source.id))
    : feed.configured;
}

/** The same, and none where posts alone feed it: then the others say nothing of it. */
export function fedBy(feed: Feed): FeedingSource[] {
  return feed.posted && feed.feedingIds.size === 0 ? [] : relevantSources(feed);
}

/**
 * How old an answer about a service, or a part of it, is: the oldest last
 * success of the sources that feed it with how things stand. One that only says what is promised (SLO
 * files) is read seldom and changes seldom: it counts where no other does.
 * Posted records do not age. Epoch milliseconds; undefined where none ever ran.
 */
export function asOfFeed(
  feed: Feed,
  now: number,
  part?: AnswerPart,
): number | undefined {
  const all = fedBy(feed);
  const told = part ? sourcesOfPart(part, all) : all;
  if (feed.posted && told.length === 0) {
    return now;
  }
  const sources = told.length > 0 ? told : all;
  return (
    oldestSuccess(sources.filter(({ kinds }) => !kinds.every(isPromise))) ??
    oldestSuccess(sources)
  );
}

function isPromise(kind: FeedingSource['kinds'][number]): boolean {
  return kind === 'objective';
}

/** Epoch milliseconds of the oldest last success; undefined where none ever ran. */
export function oldestSuccess(sources: FeedingSource[]): number | undefined {
  const times = sources.flatMap(source => source.lastSuccessAt ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}
