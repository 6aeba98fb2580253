/* eslint-disable jest/no-export, jest/expect-expect -- the tests of others, to be run by them */
import type { Source } from '../sources/Source';
import {
  checkAnyOrder,
  checkFailure,
  checkIdempotence,
  checkPaging,
  checkReread,
  checkRestart,
  expectNoSecret,
  expectSame,
  ledgerOf,
  readAll,
} from './checkSource';
import { collect } from './collect';
import {
  createFaultServer,
  type Fault,
  type FaultServer,
} from './createFaultServer';

/** A true tool with data, before which the kit puts its faults. @public */
export interface KitUpstream {
  /** Base URL. */
  url: string;
  close(): Promise<void>;
  /** How much there is to read at least. */
  minimum: { observations: number; batches: number };
  /**
   * Makes some items unreadable, for good.
   *
   * @returns keys (or beginnings of keys) of observations that must land all the same, and how many items must be rejected or skipped
   */
  breakItems(): Promise<{ stillThere: string[]; unreadable: number }>;
  /** Hides a third of all items, as a tool does that lost its memory. */
  dropThird(): Promise<void>;
  /** Brings one more item, for runs that find something new. */
  addItem(): Promise<void>;
}

/** @public */
export interface ConnectorKitOptions {
  name: string;
  /** Starts a tool of its own for each test. */
  start(): Promise<KitUpstream>;
  /**
   * Makes the source as the configuration would.
   *
   * @remarks Each call is a new process's source; what it keeps on disk stays.
   */
  create(options: {
    url: string;
    /** For servers that say nothing. */
    timeoutMs: number;
    /** Where the credential goes; it must never be seen again. */
    secret: string;
  }): Promise<Source>;
  /** Called after each test. */
  cleanUp?(): Promise<void>;
}

const secret = 'kit-secret-5ZqT8';
const timeoutMs = 2_000;
const patienceMs = 10_000;
const testTimeoutMs = 120_000;

interface FaultCase {
  title: string;
  fault: Fault;
  codes: string[];
  retryAfterMs?: number;
}

const faults: FaultCase[] = [
  {
    title: '401',
    fault: { kind: 'status', status: 401, body: secret },
    codes: ['credential-refused'],
  },
  {
    title: '403',
    fault: { kind: 'status', status: 403, body: secret },
    codes: ['forbidden'],
  },
  {
    title: '404',
    fault: { kind: 'status', status: 404 },
    codes: ['not-found'],
  },
  {
    title: '429 with Retry-After',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    codes: ['rate-limited'],
    retryAfterMs: 7_000,
  },
  {
    title: '500',
    fault: { kind: 'status', status: 500, body: secret },
    codes: ['unreachable', 'bad-answer'],
  },
  {
    title: '503',
    fault: { kind: 'status', status: 503 },
    codes: ['unreachable', 'bad-answer'],
  },
  {
    title: 'a login page in HTML',
    fault: { kind: 'html' },
    codes: ['bad-answer', 'not-found', 'credential-refused'],
  },
  {
    title: 'a truncated body',
    fault: { kind: 'truncated' },
    codes: ['bad-answer', 'unreachable'],
  },
  {
    title: 'a connection that is cut',
    fault: { kind: 'reset' },
    codes: ['unreachable', 'bad-answer'],
  },
  {
    title: 'a server that says nothing',
    fault: { kind: 'hang' },
    codes: ['timeout'],
  },
];

/**
 * What every connector must stand, as Jest tests: idempotence, any order,
 * paging, restart from every cursor, reading again, malformed items, time-outs, refusals, rate
 * limits, server errors, HTML, half an answer, a drop of a third of all items,
 * the abort signal, and no secret in errors or logs.
 *
 * @public
 */
export function runConnectorKit(options: ConnectorKitOptions): void {
  describe(`connector kit: ${options.name}`, () => {
    let upstream: KitUpstream;
    let proxy: FaultServer;
    const create = () => options.create({ url: proxy.url, timeoutMs, secret });

    beforeEach(async () => {
      upstream = await options.start();
      proxy = await createFaultServer({ upstream: upstream.url });
    });

    afterEach(async () => {
      await proxy.close();
      await upstream.close();
      await options.cleanUp?.();
    }, testTimeoutMs);

    it(
      'reads twice and leaves the same',
      async () => {
        await checkIdempotence(await create());
      },
      testTimeoutMs,
    );

    it(
      'leaves the same in any order',
      async () => {
        await checkAnyOrder(await create());
      },
      testTimeoutMs,
    );

    it(
      'goes on from every cursor',
      async () => {
        await checkRestart(create);
      },
      testTimeoutMs,
    );

    it(
      'says everything once more when it is read again',
      async () => {
        await checkReread(await create());
      },
      testTimeoutMs,
    );

    it(
      'reads in pages, says nothing twice, and is done when it is done',
      async () => {
        await checkPaging(await create(), upstream.minimum);
      },
      testTimeoutMs,
    );

    it(
      'finds what is new from its cursor',
      async () => {
        const source = await create();
        const { run, ledger } = await readAll(source);
        await upstream.addItem();
        const next = await collect(source, { cursor: run.cursor });
        expect(next.error).toBeUndefined();
        const known = new Set(ledger.observations.map(({ key }) => key));
        ledgerOf(next.batches, ledger);
        expect(
          ledger.observations.filter(({ key }) => !known.has(key)),
        ).not.toHaveLength(0);
        const fresh = await readAll(await create());
        expectSame(
          'reading on',
          ledger.fingerprint(),
          fresh.ledger.fingerprint(),
        );
      },
      testTimeoutMs,
    );

    it(
      'sets malformed items aside and lands the rest',
      async () => {
        const { stillThere, unreadable } = await upstream.breakItems();
        const { run, ledger } = await readAll(await create());
        const skipped = Object.values(ledger.skipped).reduce(
          (a, b) => a + b,
          0,
        );
        expect(ledger.totals.rejected + skipped).toBeGreaterThanOrEqual(
          unreadable,
        );
        for (const prefix of stillThere) {
          expect(
            ledger.observations.some(({ key }) => key.startsWith(prefix)),
          ).toBe(true);
        }
        expectNoSecret(run, [secret]);
      },
      testTimeoutMs,
    );

    it(
      'removes nothing where a third of all items is gone at once',
      async () => {
        const source = await create();
        const { run, ledger } = await readAll(source);
        const before = ledger.observations.length;
        await upstream.dropThird();
        const next = await collect(source, { cursor: run.cursor });
        ledgerOf(next.batches, ledger);
        expect(ledger.observations.length).toBeGreaterThanOrEqual(before);
      },
      testTimeoutMs,
    );

    it.each(faults)(
      '$title: says so, keeps all, and recovers',
      async fault => {
        const source = await create();
        const { run, ledger } = await readAll(source);
        const before = ledger.fingerprint();
        await upstream.addItem();
        proxy.setFault(fault.fault);
        for (const cursor of [run.cursor, undefined]) {
          const failed = await checkFailure({
            source: cursor ? source : await create(),
            cursor,
            codes: fault.codes,
            withinMs: patienceMs,
            secrets: [secret],
            retryAfterMs: fault.retryAfterMs,
          });
          ledgerOf(failed.batches, ledger);
        }
        expectSame('a failed run', ledger.fingerprint(), before);
        proxy.setFault(undefined);
        const recovered = await collect(source, { cursor: run.cursor });
        expect(recovered.error).toBeUndefined();
        ledgerOf(recovered.batches, ledger);
        const fresh = await readAll(await create());
        expectSame(
          'recovery',
          ledger.fingerprint(),
          fresh.ledger.fingerprint(),
        );
      },
      60_000,
    );

    it(
      'stands a failure in the middle of a run',
      async () => {
        const { ledger: whole } = await readAll(await create());
        proxy.setFault({ kind: 'reset' }, { afterRequests: 1 });
        const source = await create();
        const first = await collect(source);
        proxy.setFault(undefined);
        const rest = await collect(source, { cursor: first.cursor });
        expect(rest.error).toBeUndefined();
        expectSame(
          'a run that failed half-way and went on',
          ledgerOf([...first.batches, ...rest.batches]).fingerprint(),
          whole.fingerprint(),
        );
      },
      testTimeoutMs,
    );

    it(
      'stops within a second of the signal',
      async () => {
        const abort = new AbortController();
        proxy.setFault({ kind: 'hang' });
        const source = await options.create({
          url: proxy.url,
          timeoutMs: 60_000,
          secret,
        });
        const running = collect(source, { signal: abort.signal });
        await waitFor(() => proxy.requests > 0);
        abort.abort(new Error('the slice is over'));
        const run = await running;
        expect(run.tookMs).toBeLessThan(1_000);
        expectNoSecret(run, [secret]);
      },
      testTimeoutMs,
    );

    it(
      'is unreachable where nothing listens',
      async () => {
        const source = await create();
        await proxy.close();
        await checkFailure({
          source,
          codes: ['unreachable'],
          withinMs: patienceMs,
          secrets: [secret],
        });
      },
      testTimeoutMs,
    );

    it(
      'shows no secret in what it says of itself',
      async () => {
        const source = await create();
        const { run } = await readAll(source);
        expectNoSecret(run, [secret]);
        expect(
          JSON.stringify([
            source.id,
            source.title,
            source.url,
            source.detail,
            source.aliases,
          ]),
        ).not.toContain(secret);
      },
      testTimeoutMs,
    );
  });
}

async function waitFor(condition: () => boolean): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > until) {
      throw new Error('the source asked for nothing');
    }
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}
