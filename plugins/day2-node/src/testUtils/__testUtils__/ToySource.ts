import { z } from 'zod';
import type { Observation } from '../../sources/observations';
import type { Source, SourceBatch, SourceContext } from '../../sources/Source';
import { SourceError } from '../../sources/SourceError';

/** Ways of being wrong that the kit must notice. */
export type Flaw =
  | 'keys from the clock'
  | 'versions from a counter'
  | 'cursor ahead of its batch'
  | 'says items twice'
  | 'does not read again'
  | 'one huge batch'
  | 'failure looks like nothing'
  | 'plain errors'
  | 'wrong code'
  | 'ignores Retry-After'
  | 'sweeps by itself'
  | 'never gives up'
  | 'secret in errors'
  | 'secret in the log'
  | 'completes a failed pass';

const Item = z.object({
  id: z.string(),
  updated: z.number(),
  title: z.string(),
});
const Page = z.object({
  items: z.array(z.unknown()),
  next: z.number().optional(),
});
const Cursor = z.object({ pass: z.number(), page: z.number() });

/** A small connector of the usual kind, right unless told otherwise. */
export class ToySource implements Source {
  readonly id = 'toy:one';
  readonly type = 'toy';
  readonly title = 'Toy';
  readonly kinds: Observation['kind'][] = ['tag'];
  readonly everySeconds = 60;
  readonly #url: string;
  readonly #secret: string;
  readonly #timeoutMs: number;
  readonly #flaw?: Flaw;
  #count = 0;

  constructor(options: {
    url: string;
    secret: string;
    timeoutMs: number;
    flaw?: Flaw;
  }) {
    this.#url = options.url;
    this.#secret = options.secret;
    this.#timeoutMs = options.timeoutMs;
    this.#flaw = options.flaw;
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const known = Cursor.safeParse(context.cursor);
    const start = known.success ? known.data : { pass: 1, page: 0 };
    if (context.reread) {
      Object.assign(start, { pass: start.pass + 1, page: 0 });
      if (this.#flaw === 'does not read again') {
        return;
      }
    }
    let page: number | undefined = start.page;
    if (this.#flaw === 'secret in the log') {
      context.logger.info('Reading', { token: this.#secret });
    }
    while (page !== undefined) {
      let answer: z.infer<typeof Page>;
      try {
        answer = await this.#get(page, context.signal);
      } catch (error) {
        if (this.#flaw === 'failure looks like nothing') {
          return;
        }
        if (this.#flaw === 'completes a failed pass') {
          yield {
            observations: [],
            cursor: { ...start },
            pass: { id: `pass-${start.pass}`, complete: true },
          };
        }
        throw error;
      }
      const next: number | undefined = answer.next;
      yield this.#batch({ answer, pass: start.pass, page, next });
      page = next;
    }
    if (this.#flaw === 'sweeps by itself') {
      yield {
        observations: Array.from({ length: 15 }, (_, index) => ({
          kind: 'withdrawn' as const,
          keyPrefix: `item-${index}`,
          reason: 'gone',
        })),
        cursor: { pass: start.pass + 1, page: 0 },
      };
    }
  }

  #batch(options: {
    answer: z.infer<typeof Page>;
    pass: number;
    page: number;
    next?: number;
  }): SourceBatch {
    const { answer, next, pass, page } = options;
    const observations: Observation[] = [];
    const rejected: SourceBatch['rejected'] = [];
    for (const raw of answer.items) {
      const item = Item.safeParse(raw);
      if (!item.success) {
        rejected.push({ reason: 'not an item', item: raw });
        continue;
      }
      this.#count += 1;
      const flaw = this.#flaw;
      observations.push({
        kind: 'tag',
        key:
          flaw === 'keys from the clock'
            ? `${process.hrtime.bigint()}`
            : item.data.id,
        version:
          flaw === 'versions from a counter' ? this.#count : item.data.updated,
        repository: 'toy',
        name: item.data.title,
        sha: '0'.repeat(40),
      });
    }
    if (this.#flaw === 'says items twice') {
      observations.push(...observations);
    }
    if (this.#flaw === 'one huge batch') {
      for (let index = 0; index < 2_000; index++) {
        observations.push({
          ...(observations[0] as Observation & { kind: 'tag' }),
          key: `more-${index}`,
        });
      }
    }
    const ahead = this.#flaw === 'cursor ahead of its batch' ? 1 : 0;
    return {
      observations,
      rejected,
      cursor:
        next === undefined
          ? { pass: pass + 1, page: 0 }
          : { pass, page: next + ahead },
      pass: {
        id: `pass-${pass}`,
        ...(next === undefined ? { complete: true } : {}),
      },
      progress: { done: page, unit: 'pages' },
    };
  }

  async #get(page: number, signal: AbortSignal): Promise<z.infer<typeof Page>> {
    const flaw = this.#flaw;
    const limit =
      flaw === 'never gives up'
        ? new AbortController().signal
        : AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]);
    let response: Response;
    try {
      response = await fetch(`${this.#url}/items?page=${page}`, {
        signal: limit,
        headers: { authorization: `Bearer ${this.#secret}` },
      });
    } catch (error) {
      throw this.#failed(error as Error);
    }
    const codes: Record<number, SourceError['code']> = {
      401: 'credential-refused',
      403: 'forbidden',
      404: 'not-found',
      429: 'rate-limited',
    };
    if (!response.ok) {
      const wait = Number(response.headers.get('retry-after'));
      await response.body?.cancel();
      if (flaw === 'plain errors') {
        throw new Error(`status ${response.status}`);
      }
      throw new SourceError({
        code:
          flaw === 'wrong code'
            ? 'internal'
            : codes[response.status] ?? 'unreachable',
        message: `The toy answered ${response.status}${
          flaw === 'secret in errors' ? ` to ${this.#secret}` : ''
        }.`,
        retryAfterMs:
          wait && flaw !== 'ignores Retry-After' ? wait * 1000 : undefined,
      });
    }
    let text: string;
    try {
      text = await response.text();
    } catch (error) {
      throw this.#failed(error as Error);
    }
    try {
      return Page.parse(JSON.parse(text));
    } catch {
      throw new SourceError({
        code: 'bad-answer',
        message: 'The toy sent no JSON.',
      });
    }
  }

  #failed(error: Error): SourceError {
    return new SourceError({
      code: error.name === 'TimeoutError' ? 'timeout' : 'unreachable',
      message: 'The toy cannot be reached.',
    });
  }
}
