import type { Config } from '@backstage/config';
import {
  isSourceError,
  SourceError,
  type Observation,
  type Source,
  type SourceBatch,
  type SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { RepositoryConfig } from './readRepository';
import { createCredentialsProvider } from './git/credentials';
import { isDamage } from './git/damage';
import { describeFailure, mirrorDamaged } from './git/describeFailure';
import { GitFailure } from './git/GitFailure';
import { Mirror } from './git/Mirror';
import { createWebLinks, type WebLinks } from './history/commitUrl';
import { hashSettings } from './history/hashSettings';
import { repositoryUrls } from './history/observeGitops';
import { readHistory, type HistoryMemory } from './history/readHistory';
import { MirrorRevisions } from './revisions/MirrorRevisions';

/** One Git repository: deployments and changes of a GitOps branch, or the commits of an application. */
export class GitSource implements Source {
  readonly id: string;
  readonly type = 'git';
  readonly title: string;
  readonly url?: string;
  readonly detail: string;
  readonly kinds: Observation['kind'][];
  readonly aliases: string[];
  readonly everySeconds: number;
  readonly revisions: MirrorRevisions;
  readonly #config: RepositoryConfig;
  readonly #mirror: Mirror;
  readonly #links: WebLinks;
  readonly #settings: string;
  readonly #memory: HistoryMemory = {};

  private constructor(options: {
    config: RepositoryConfig;
    mirror: Mirror;
    links: WebLinks;
  }) {
    const { config, links } = options;
    this.#config = config;
    this.#mirror = options.mirror;
    this.#links = links;
    this.#settings = hashSettings(config);
    this.id = `git:${config.name}`;
    this.title = config.name;
    this.url =
      links.repository ??
      (config.url.kind === 'http' ? config.url.shown : undefined);
    this.detail = `${config.role}${
      config.branch ? `, branch ${config.branch}` : ''
    }`;
    this.kinds =
      config.role === 'gitops'
        ? ['deployment', 'change']
        : ['change', 'commit', 'tag'];
    this.aliases = [config.name, ...repositoryUrls({ ...config, links })];
    this.everySeconds = config.everySeconds;
    this.revisions = MirrorRevisions.create(options);
  }

  static create(options: {
    config: RepositoryConfig;
    /** Where the mirrors are. */
    directory: string;
    /** The portal's whole configuration, for its integrations. */
    rootConfig: Config;
    networkTimeoutMs?: number;
    /** What the mirror may grow to. */
    maxMirrorBytes?: number;
    /** Of git; for tests. */
    binary?: string;
  }): GitSource {
    const { config, rootConfig } = options;
    return new GitSource({
      config,
      links: createWebLinks({
        url: config.url,
        webUrl: config.webUrl,
        config: rootConfig,
      }),
      mirror: Mirror.create({
        directory: options.directory,
        name: config.name,
        url: config.url,
        branch: config.branch,
        credentials: createCredentialsProvider({
          url: config.url,
          config: rootConfig,
          own: config.credentials,
        }),
        networkTimeoutMs: options.networkTimeoutMs,
        maxMirrorBytes: options.maxMirrorBytes,
        binary: options.binary,
      }),
    });
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const { signal, logger } = context;
    let { cursor, reread } = context;
    const now = () => context.now();
    for (let isFirst = true; ; isFirst = false) {
      try {
        for await (const batch of readHistory({
          config: this.#config,
          settings: this.#settings,
          mirror: this.#mirror,
          links: this.#links,
          memory: this.#memory,
          context: { cursor, reread, signal, logger, now },
        })) {
          cursor = batch.cursor;
          reread = undefined;
          yield batch;
        }
        return;
      } catch (error) {
        if (!isFirst || signal.aborted || !isDamage(error)) {
          throw this.#describe(error, signal);
        }
        logger.warn('A mirror was damaged and is cloned anew', {
          source: this.id,
        });
        await this.#mirror.discard();
      }
    }
  }

  /** Ends what is running. */
  close(): void {
    this.#mirror.close();
  }

  #describe(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted || isSourceError(error)) {
      return error;
    }
    if (isDamage(error)) {
      return mirrorDamaged();
    }
    if (error instanceof GitFailure) {
      return describeFailure({ failure: error, url: this.#config.url });
    }
    return new SourceError({
      code: 'internal',
      message: 'The repository could not be read.',
      cause: error instanceof Error ? error : undefined,
    });
  }
}
