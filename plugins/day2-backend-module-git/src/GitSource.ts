import { createHash } from 'node:crypto';
import type { Config } from '@backstage/config';
import {
  isSourceError,
  SourceError,
  type Observation,
  type Source,
  type SourceBatch,
  type SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { RepositoryConfig } from './config';
import { createCredentialsProvider } from './git/credentials';
import { describeFailure } from './git/describeFailure';
import { GitFailure } from './git/GitFailure';
import { Mirror } from './git/Mirror';
import { maxBatch } from './history/BatchBuilder';
import { createWebLinks, type WebLinks } from './history/commitUrl';
import { readCursor, writeCursor, type GitCursor } from './history/cursor';
import { FirstParentLine } from './history/FirstParentLine';
import { GitopsReader } from './history/GitopsReader';
import { findNotices } from './history/notices';
import { repositoryUrls } from './history/observeGitops';
import { planRun, type RunPlan } from './history/planRun';
import { readApplication } from './history/readApplication';
import { readLine } from './history/readLine';

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
  readonly #config: RepositoryConfig;
  readonly #mirror: Mirror;
  readonly #links: WebLinks;
  readonly #settings: string;

  private constructor(options: {
    config: RepositoryConfig;
    mirror: Mirror;
    links: WebLinks;
  }) {
    const { config, links } = options;
    this.#config = config;
    this.#mirror = options.mirror;
    this.#links = links;
    this.#settings = hashOf(config);
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
  }

  static create(options: {
    config: RepositoryConfig;
    /** Where the mirrors are. */
    directory: string;
    /** The portal's whole configuration, for its integrations. */
    rootConfig: Config;
    networkTimeoutMs?: number;
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
        binary: options.binary,
      }),
    });
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    try {
      yield* this.#pull(context);
    } catch (error) {
      throw this.#describe(error, context.signal);
    }
  }

  /** Ends what is running. */
  close(): void {
    this.#mirror.close();
  }

  async *#pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const mirror = this.#mirror;
    const former = readCursor(context.cursor);
    const formerCommits = [former?.sha, former?.readTo].filter(
      sha => sha !== undefined,
    );
    await mirror.keep(
      [...formerCommits, former?.tags].filter(sha => sha !== undefined),
    );
    const state = await mirror.update({ signal: context.signal });
    if (!state.tip) {
      if (former?.sha) {
        throw new SourceError({
          code: 'bad-answer',
          message: 'The server lists no branch any more, though there was one.',
          fix: 'Nothing recorded is removed. If the repository was emptied on purpose, take it out of day2.git.repositories.',
        });
      }
      yield {
        observations: [],
        cursor: context.cursor ?? {},
        notices: findNotices({ now: context.now(), empty: true }),
      };
      return;
    }
    const line = FirstParentLine.create({ mirror, signal: context.signal });
    const plan = await planRun({
      config: this.#config,
      settings: this.#settings,
      branch: state.branch,
      tip: state.tip,
      former,
      reread: context.reread || former?.reread,
      hasFormer: await hasAll(mirror, formerCommits),
      line,
      now: context.now(),
    });
    const shallowSince =
      state.shallow && plan.cursor.shallowFrom
        ? await line.time(plan.cursor.shallowFrom)
        : undefined;
    const notices = (cursor: GitCursor) =>
      findNotices({
        now: context.now(),
        shallowSince,
        since: this.#config.since,
        rewritten: cursor.rewritten,
        rereading: cursor.rereading,
        lost: cursor.lost,
      });
    yield* this.#withdraw(plan, notices);
    const run = { plan, tip: state.tip, notices, context };
    const cursor =
      this.#config.role === 'gitops'
        ? yield* this.#readGitops(run)
        : yield* readApplication({
            ...run,
            config: this.#config,
            mirror,
            links: this.#links,
            cuts: await line.cuts(),
          });
    const last = {
      ...cursor,
      sha: state.tip,
      rereading: undefined,
      readTo: undefined,
    };
    yield {
      observations: [],
      cursor: writeCursor(last),
      notices: notices(last),
    };
  }

  async *#readGitops(run: Run): AsyncGenerator<SourceBatch, GitCursor> {
    const { plan, context } = run;
    if (plan.onLine.size === 0) {
      return plan.cursor;
    }
    const reader = await GitopsReader.create({
      config: this.#config,
      mirror: this.#mirror,
      links: this.#links,
      cursor: plan.cursor,
      signal: context.signal,
    });
    try {
      return yield* readLine({ ...run, ...plan, mirror: this.#mirror, reader });
    } finally {
      reader.close();
    }
  }

  *#withdraw(
    plan: RunPlan,
    notices: (cursor: GitCursor) => string[],
  ): Generator<SourceBatch> {
    for (let at = 0; at < plan.withdraw.length; at += maxBatch) {
      const part = plan.withdraw.slice(at, at + maxBatch);
      const isLast = at + maxBatch >= plan.withdraw.length;
      // Until all are withdrawn the old commit stays the place to go on from.
      yield {
        observations: part.map(item => ({
          kind: 'withdrawn' as const,
          ...item,
        })),
        cursor: writeCursor(isLast ? plan.cursor : plan.former ?? plan.cursor),
        notices: notices(plan.cursor),
      };
    }
  }

  #describe(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted || isSourceError(error)) {
      return error;
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

interface Run {
  plan: RunPlan;
  tip: string;
  notices: (cursor: GitCursor) => string[];
  context: SourceContext;
}

async function hasAll(mirror: Mirror, shas: string[]): Promise<boolean> {
  for (const sha of shas) {
    if (!(await mirror.has(sha))) {
      return false;
    }
  }
  return shas.length > 0;
}

/** What decides what is read; a change of it means reading anew. */
function hashOf(config: RepositoryConfig): string {
  const parts = [
    config.role,
    config.branch,
    config.since,
    config.environments.map(item => item.path.source),
    config.patterns.map(item => [
      item.files.source,
      item.match.source,
      item.application,
      item.image,
      item.environment,
      item.target,
    ]),
    config.tags.map(item => item.match.source),
  ];
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 16);
}
