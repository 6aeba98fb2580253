import type {
  Observation,
  Source,
  SourceBatch,
  SourceContext,
} from '@day2/backstage-plugin-day2-node';
import { ArgocdClient } from './client';
import type { InstanceConfig } from './config';
import { applicationKey } from './mapping/toApplication';
import { openCursor, settingsOf, writeCursor } from './reading/cursor';
import { findGone } from './reading/findGone';
import { findNotices } from './reading/findNotices';
import { pendingOf } from './reading/pendingOf';
import { readApplications } from './reading/readApplications';
import { readList } from './reading/readList';
import { findUnseen } from './reading/findUnseen';
import { markUnseen, remember, type Run } from './reading/remember';

/**
 * Of each run, for reading again what has not moved: the list is evidence of
 * that, and a run that ends within its slice says so for all.
 */
const againMs = 15_000;

/** One Argo CD: the state of its applications, and their syncs. */
export class ArgocdSource implements Source {
  readonly id: string;
  readonly type = 'argocd';
  readonly title: string;
  readonly url: string;
  readonly detail?: string;
  readonly kinds: Observation['kind'][] = ['application', 'deployment'];
  readonly everySeconds: number;
  readonly #config: InstanceConfig;
  readonly #client: ArgocdClient;
  readonly #settings: string;
  readonly #narrowed: boolean;

  private constructor(options: {
    config: InstanceConfig;
    client: ArgocdClient;
  }) {
    const { config } = options;
    this.#config = config;
    this.#client = options.client;
    this.#settings = settingsOf(config);
    this.#narrowed =
      config.projects.length > 0 || config.selector !== undefined;
    this.id = `argocd:${config.name}`;
    this.title = `Argo CD ${config.name}`;
    this.url = config.frontendUrl;
    this.everySeconds = config.everySeconds;
    const parts = [
      config.projects.length > 0 && `projects ${config.projects.join(', ')}`,
      config.selector && `selector ${config.selector}`,
    ].filter(part => typeof part === 'string' && part !== '');
    this.detail = parts.length > 0 ? parts.join('; ') : undefined;
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request; for tests. */
    timeoutMs?: number;
  }): ArgocdSource {
    return new ArgocdSource({
      config: options.config,
      client: ArgocdClient.create(options),
    });
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    // Ends what is still on its way when a run ends, however it does.
    const over = new AbortController();
    try {
      yield* this.#pull({
        ...context,
        signal: AbortSignal.any([context.signal, over.signal]),
      });
    } finally {
      over.abort();
    }
  }

  async *#pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const { signal } = context;
    const cursor = openCursor({
      cursor: context.cursor,
      reread: context.reread,
      settings: this.#settings,
      now: context.now(),
    });
    const { listed, unreadable } = readList(await this.#client.list(signal));
    const unseen = findUnseen(cursor);
    for (const [key, { hash }] of listed) {
      const known = cursor.apps[key];
      delete known?.r;
      if (known?.h === hash && known.w !== 'unreadable') {
        delete known.s;
        delete known.w;
      }
    }
    const run: Run = {
      cursor,
      listed,
      refused: 0,
      now: context.now(),
      removed: false,
      isPart: false,
    };
    const rejected = unreadable.map(() => ({
      reason: 'an item of the list has no name that could be asked for',
      item: {},
    }));
    if (rejected.length > 0) {
      yield { observations: [], rejected, cursor: writeCursor(cursor) };
    }
    const { groups, total } = pendingOf(run);
    let done = 0;
    let again = 0;
    for (const { group, why, alone } of groups) {
      if (why === 'again') {
        if (again === 0 || context.now() - run.now < againMs) {
          again += 1;
        } else {
          run.isPart = true;
          continue;
        }
      }
      const read = await readApplications({
        client: this.#client,
        context: this.#config,
        group,
        failing: alone,
        signal,
      });
      read.outcomes.forEach(outcome => remember(run, outcome));
      if (read.error) {
        // The next run asks for the others first: these may be ill alone.
        yield { observations: [], cursor: writeCursor(cursor) };
        throw read.error;
      }
      done += group.length;
      if (
        why === 'moved' &&
        read.outcomes.every(({ kind }) => kind === 'refused')
      ) {
        continue;
      }
      yield {
        observations: read.observations,
        rejected: read.rejected,
        cursor: writeCursor(cursor),
        progress: { done, total, unit: 'applications' },
      };
      if (alone && read.outcomes.some(({ kind }) => kind === 'failed')) {
        // The rest of those that fail have their turn in the next run.
        break;
      }
    }
    yield* this.#finish(run, unseen, context);
  }

  /** Says what is no more, and what is in the way. */
  async *#finish(
    run: Run,
    formerlyUnseen: ReturnType<typeof findUnseen>,
    { signal, now }: SourceContext,
  ): AsyncGenerator<SourceBatch> {
    const { cursor, listed } = run;
    const isFull = cursor.fullAt === undefined && !run.isPart;
    const { gone, refused, failed } = await findGone({
      client: this.#client,
      cursor,
      listed,
      all: isFull,
      narrowed: this.#narrowed,
      signal,
    });
    gone.forEach(key => delete cursor.apps[key]);
    refused.forEach(key => {
      cursor.apps[key].r = true;
      markUnseen(run, key, 'refused');
    });
    failed.forEach(({ key, status }) => {
      markUnseen(run, key, 'failed');
      cursor.failing[key] = { at: now(), e: status };
    });
    const stillFailing = Object.keys(cursor.failing).filter(
      key => listed.has(key) || cursor.apps[key]?.w === 'failed',
    );
    cursor.failing = Object.fromEntries(
      stillFailing.map(key => [key, cursor.failing[key]]),
    );
    const unseen = findUnseen(cursor);
    const notices = findNotices({
      listed: listed.size,
      refused:
        run.refused +
        Object.values(cursor.apps).filter(known => known.r).length,
      failed: Object.values(cursor.failing).map(({ e }) => e),
      narrowed: this.#narrowed,
    });
    const isPass = isFull || run.removed || gone.length > 0;
    const isNews =
      notices.join('\n') !== cursor.notices.join('\n') ||
      JSON.stringify(unseen) !== JSON.stringify(formerlyUnseen);
    if (!isPass && !isNews) {
      return;
    }
    cursor.notices = notices;
    if (isFull) {
      cursor.fullAt = now();
    }
    yield {
      observations: [],
      cursor: writeCursor(cursor),
      notices,
      unseen,
      ...(isPass
        ? {
            pass: {
              id: `list-${now()}`,
              complete: true,
              kinds: ['application'],
              standing: Object.values(cursor.apps).flatMap(({ u }) =>
                u ? [applicationKey(u)] : [],
              ),
            },
          }
        : {}),
    };
  }
}
