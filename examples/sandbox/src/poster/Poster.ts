import { setTimeout } from 'timers/promises';
import { z } from 'zod';
import type { StateFolder } from '../state/StateFolder';
import type { Post } from '../world/records';

const CursorFile = z.object({
  delivered: z.number().int().min(0),
  lastKey: z.string().optional(),
  refused: z.array(z.object({ key: z.string(), status: z.number() })),
});
type Cursor = z.infer<typeof CursorFile>;

const cursorFile = 'posts.json';
const firstWait = 1_000;
const longestWait = 60_000;

/** How far the posting has come. @public */
export interface PosterStatus {
  delivered: number;
  /** What the portal said it will never take. */
  refused: Array<{ key: string; status: number }>;
  lastError?: string;
}

/**
 * Posts the deployments of services outside GitOps to the portal: in order, each
 * with its own idempotency key, and the cursor moves only after an answer. What
 * was posted just before a crash is posted again under the same key, which the
 * portal takes for the same.
 */
export class Poster {
  readonly #state: StateFolder;
  readonly #posts: readonly Post[];
  readonly #backendUrl: string;
  readonly #token: string;
  readonly #fetch: typeof fetch;
  readonly #wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #stop = new AbortController();
  #cursor: Cursor = { delivered: 0, refused: [] };
  #lastError?: string;
  #wake?: () => void;
  #running?: Promise<void>;

  private constructor(options: PosterOptions) {
    this.#state = options.state;
    this.#posts = options.posts;
    this.#backendUrl = options.backendUrl.replace(/\/$/, '');
    this.#token = options.token;
    this.#fetch = options.fetch ?? fetch;
    this.#wait = options.wait ?? wait;
  }

  static async create(options: PosterOptions): Promise<Poster> {
    const poster = new Poster(options);
    const text = await options.state.read(cursorFile);
    if (text !== undefined) {
      poster.#cursor = CursorFile.parse(JSON.parse(text));
    }
    return poster;
  }

  status(): PosterStatus {
    const { delivered, refused } = this.#cursor;
    return { delivered, refused, lastError: this.#lastError };
  }

  /** Posts all there is, then whatever `notify` announces, until stopped. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Says that the list of posts may have grown. */
  notify(): void {
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let pause = firstWait;
    while (!signal.aborted) {
      const post = this.#posts[this.#cursor.delivered];
      if (!post) {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
        continue;
      }
      const failure = await this.#deliver(post);
      if (failure === undefined) {
        pause = firstWait;
        continue;
      }
      this.#lastError = failure;
      await this.#wait(pause, signal);
      pause = Math.min(pause * 2, longestWait);
    }
  }

  /** Undefined where the cursor moved on, else why it did not. */
  async #deliver(post: Post): Promise<string | undefined> {
    let status: number;
    try {
      const path = post.kind === 'event' ? 'events' : 'deployments';
      const response = await this.#fetch(
        `${this.#backendUrl}/api/day2/${path}`,
        {
          method: 'POST',
          headers: {
            'Content-Type':
              post.kind === 'event'
                ? 'application/cloudevents+json'
                : 'application/json',
            Authorization: `Bearer ${this.#token}`,
            'Idempotency-Key': post.key,
          },
          body: JSON.stringify(post.body),
          signal: AbortSignal.any([
            this.#stop.signal,
            AbortSignal.timeout(15_000),
          ]),
        },
      );
      status = response.status;
      await response.arrayBuffer();
    } catch (error) {
      return `the portal is not reachable: ${causeOf(error)}`;
    }
    const isRefused = status === 400 || status === 409 || status === 422;
    if (!isRefused && (status < 200 || status > 299)) {
      return `the portal answered ${status}`;
    }
    this.#lastError = undefined;
    const { delivered, refused } = this.#cursor;
    this.#cursor = {
      delivered: delivered + 1,
      lastKey: post.key,
      refused: isRefused ? [...refused, { key: post.key, status }] : refused,
    };
    await this.#state.write(cursorFile, JSON.stringify(this.#cursor));
    return undefined;
  }
}

/** What a poster needs; `fetch` and `wait` are for tests. */
export interface PosterOptions {
  state: StateFolder;
  /** In order of time; only ever added to. */
  posts: readonly Post[];
  backendUrl: string;
  token: string;
  fetch?: typeof fetch;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || message : message;
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    // Stopped: whoever waits looks at the signal.
  }
}
