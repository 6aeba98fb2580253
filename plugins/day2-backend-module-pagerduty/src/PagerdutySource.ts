import type {
  Observation,
  Source,
  SourceBatch,
  SourceContext,
  SourceWebhook,
} from '@day2/backstage-plugin-day2-node';
import { PagerdutyClient, type ClientOptions } from './client';
import type { AccountConfig } from './config';
import { Directory } from './Directory';
import {
  DAY_MS,
  openCursor,
  progressOf,
  writeCursor,
  type PagerdutyCursor,
} from './reading/cursor';
import { findDue, type Due } from './reading/findDue';
import { moveMark, nextWindow, shorten } from './reading/nextWindow';
import { isOnCallNotice, noticesOf, type Trouble } from './reading/noticesOf';
import { readGroup } from './reading/readGroup';
import { readOnCalls } from './reading/readOnCalls';
import { readOpen } from './reading/readOpen';
import { readWindow } from './reading/readWindow';
import { webhookOf } from './webhook';

const GROUP = 50;
/** Of those at which PagerDuty failed, in one run. */
const AGAIN = 12;
const ON_CALL_EVERY_MS = 5 * 60_000;
const ON_CALL_BATCH = 200;

/** What one run has at hand. */
interface Run {
  cursor: PagerdutyCursor;
  signal: AbortSignal;
  /** Epoch milliseconds. */
  now: number;
  trouble: Trouble;
}

/** One account of PagerDuty: its incidents, and who is on call. */
export class PagerdutySource implements Source {
  readonly id: string;
  readonly type = 'pagerduty';
  readonly title: string;
  readonly detail?: string;
  readonly kinds: Observation['kind'][] = ['incident', 'on-call'];
  readonly everySeconds: number;
  readonly webhook?: SourceWebhook;
  readonly #config: AccountConfig;
  readonly #client: PagerdutyClient;
  readonly #directory: Directory;

  private constructor(options: ClientOptions) {
    const { config } = options;
    this.#config = config;
    this.#client = PagerdutyClient.create(options);
    this.#directory = Directory.create({ client: this.#client });
    this.id = `pagerduty:${config.name}`;
    this.title = `PagerDuty ${config.name}`;
    this.everySeconds = config.everySeconds;
    this.webhook = webhookOf(config.webhookSecrets);
  }

  static create(options: ClientOptions): PagerdutySource {
    return new PagerdutySource(options);
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    // Ends what is still on its way when a run ends, however it does.
    const over = new AbortController();
    try {
      const now = context.now();
      const run: Run = {
        cursor: openCursor({ ...context, config: this.#config, now }),
        signal: AbortSignal.any([context.signal, over.signal]),
        now,
        trouble: { services: 0 },
      };
      const { putBackAt } = run.cursor;
      run.trouble.wasAhead =
        putBackAt !== undefined && Math.abs(now - putBackAt) < DAY_MS;
      await this.#directory.refresh(run);
      run.trouble.services = this.#directory.services.length;
      yield* this.#readOnCalls(run);
      yield* this.#readLog(run);
      yield* this.#readOpen(run);
      yield* this.#sayNotices(run);
    } finally {
      over.abort();
    }
  }

  /** Who is on call, as a listing of all: a place that is gone is taken off. */
  async *#readOnCalls(run: Run): AsyncGenerator<SourceBatch> {
    const { cursor, signal, now } = run;
    if (
      cursor.onCallAt !== undefined &&
      // Not where it was listed by a clock that was ahead.
      Math.abs(now - cursor.onCallAt) < ON_CALL_EVERY_MS
    ) {
      run.trouble.onCallCut = cursor.notices.some(isOnCallNotice);
      return;
    }
    const read = await readOnCalls({
      client: this.#client,
      directory: this.#directory,
      account: this.#config.name,
      cursor,
      signal,
    });
    run.trouble.onCallCut = read.isCut;
    const id = `on-call-${now}`;
    const { observations } = read;
    for (let from = 0; ; from += ON_CALL_BATCH) {
      const isLast = from + ON_CALL_BATCH >= observations.length;
      if (isLast) {
        cursor.onCallAt = now;
      }
      yield {
        observations: observations.slice(from, from + ON_CALL_BATCH),
        cursor: writeCursor(cursor),
        // Of a list that is cut nothing is known to be gone.
        ...(read.isCut
          ? {}
          : { pass: { id, kinds: ['on-call'], complete: isLast } }),
        ...(isLast && read.unreadable > 0
          ? { skipped: { 'on-call entry of another shape': read.unreadable } }
          : {}),
      };
      if (isLast) {
        return;
      }
    }
  }

  /** All that happened since, window by window. */
  async *#readLog(run: Run): AsyncGenerator<SourceBatch> {
    const { cursor, signal, now } = run;
    let isShortest = false;
    for (let isFirst = true; ; isFirst = false) {
      const window = nextWindow(cursor, now);
      const content = await readWindow({
        client: this.#client,
        window,
        isShortest,
        signal,
      });
      if (!content) {
        isShortest = !shorten(cursor, window, now);
        continue;
      }
      isShortest = false;
      run.trouble.logCut ||= content.isCut;
      const alone = Object.values(this.#config.fields).some(Boolean);
      const due = findDue({ content, window, cursor, alone });
      run.trouble.nameless = content.nameless;
      yield* this.#readDue(run, due);
      const before = cursor.mark;
      moveMark(cursor, { ...content, window, now });
      if (cursor.mark !== before || !isFirst) {
        yield {
          observations: [],
          cursor: writeCursor(cursor),
          progress: progressOf(cursor, { now, isAll: window.isLast }),
        };
      }
      if (window.isLast) {
        return;
      }
    }
  }

  /** Open ones that the log did not tell of, and those at which PagerDuty failed. */
  async *#readOpen(run: Run): AsyncGenerator<SourceBatch> {
    const { cursor, signal, now } = run;
    const again = cursor.again
      .slice(0, AGAIN)
      .map(id => ({ id, upTo: cursor.done[id] ?? 0 }));
    yield* this.#readDue(run, again, { failing: true });
    const open = await readOpen({ client: this.#client, cursor, signal, now });
    run.trouble.openCut = open.isCut;
    yield* this.#readDue(
      run,
      open.due.filter(({ id }) => !cursor.again.includes(id)),
      { updated: open.updated },
    );
    const gone = open.missed.filter(id => cursor.open[id]?.g !== undefined);
    if (gone.length > 0) {
      gone.forEach(id => delete cursor.open[id]);
      yield {
        observations: gone.map(keyPrefix => ({
          kind: 'withdrawn',
          keyPrefix,
          reason: 'PagerDuty has not known this open incident for a day',
        })),
        cursor: writeCursor(cursor),
      };
    }
  }

  /** Reads incidents group by group. */
  async *#readDue(
    run: Run,
    due: Due[],
    options: {
      /** When the list of open ones says that they were updated. */
      updated?: Map<string, number>;
      failing?: boolean;
    } = {},
  ): AsyncGenerator<SourceBatch> {
    const { cursor, signal, now } = run;
    for (let from = 0; from < due.length; from += GROUP) {
      const group = due.slice(from, from + GROUP);
      const read = await readGroup({
        client: this.#client,
        config: this.#config,
        context: { config: this.#config, directory: this.#directory },
        cursor,
        group,
        failing: options.failing,
        signal,
        now,
      });
      for (const { id } of group) {
        const at = options.updated?.get(id);
        if (at !== undefined && cursor.open[id]) {
          // As the list has it, so that it is not taken for news again.
          cursor.open[id].u = at;
        }
      }
      yield { ...read, cursor: writeCursor(cursor) };
    }
  }

  async *#sayNotices(run: Run): AsyncGenerator<SourceBatch> {
    const { cursor } = run;
    const notices = noticesOf(run.trouble);
    if (notices.join('\n') !== cursor.notices.join('\n')) {
      cursor.notices = notices;
      yield { observations: [], cursor: writeCursor(cursor), notices };
    }
  }
}
