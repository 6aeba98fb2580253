import type { Source } from '../sources/Source';
import {
  checkAnyOrder,
  checkFailure,
  checkIdempotence,
  checkPaging,
  checkReread,
  checkRestart,
  ledgerOf,
  readAll,
} from './checkSource';
import { collect } from './collect';
import {
  createFaultServer,
  type Fault,
  type FaultServer,
} from './createFaultServer';
import { runConnectorKit, type KitUpstream } from './runConnectorKit';
import { ToySource, type Flaw } from './__testUtils__/ToySource';
import { startToyTool } from './__testUtils__/ToyTool';

runConnectorKit({
  name: 'a good toy',
  start: startToyTool,
  create: async options => new ToySource(options),
});

describe('the kit notices a source that', () => {
  let upstream: KitUpstream;
  let proxy: FaultServer;

  beforeEach(async () => {
    upstream = await startToyTool();
    proxy = await createFaultServer({ upstream: upstream.url });
  });

  afterEach(async () => {
    await proxy.close();
    await upstream.close();
  });

  function toy(flaw?: Flaw): Source {
    return new ToySource({
      url: proxy.url,
      secret: 'toy-secret',
      timeoutMs: 1_000,
      flaw,
    });
  }

  async function failure(flaw: Flaw | undefined, fault: Fault, code: string) {
    proxy.setFault(fault);
    return await checkFailure({
      source: toy(flaw),
      codes: [code],
      withinMs: 3_000,
      secrets: ['toy-secret'],
      retryAfterMs: code === 'rate-limited' ? 7_000 : undefined,
    });
  }

  const limit: Fault = {
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '7' },
  };

  const noticed: { flaw: Flaw; check: (flaw?: Flaw) => Promise<unknown> }[] = [
    { flaw: 'keys from the clock', check: flaw => checkIdempotence(toy(flaw)) },
    {
      flaw: 'versions from a counter',
      check: flaw => checkIdempotence(toy(flaw)),
    },
    {
      flaw: 'cursor ahead of its batch',
      check: flaw => checkRestart(async () => toy(flaw)),
    },
    {
      flaw: 'says items twice',
      check: flaw => checkPaging(toy(flaw), upstream.minimum),
    },
    { flaw: 'does not read again', check: flaw => checkReread(toy(flaw)) },
    {
      flaw: 'one huge batch',
      check: flaw => checkPaging(toy(flaw), upstream.minimum),
    },
    { flaw: 'sweeps by itself', check: flaw => checkAnyOrder(toy(flaw)) },
    {
      flaw: 'failure looks like nothing',
      check: flaw => failure(flaw, { kind: 'html' }, 'bad-answer'),
    },
    {
      flaw: 'plain errors',
      check: flaw => failure(flaw, limit, 'rate-limited'),
    },
    { flaw: 'wrong code', check: flaw => failure(flaw, limit, 'rate-limited') },
    {
      flaw: 'ignores Retry-After',
      check: flaw => failure(flaw, limit, 'rate-limited'),
    },
    {
      flaw: 'secret in errors',
      check: flaw => failure(flaw, limit, 'rate-limited'),
    },
    {
      flaw: 'secret in the log',
      check: flaw => failure(flaw, limit, 'rate-limited'),
    },
    {
      flaw: 'completes a failed pass',
      check: flaw => failure(flaw, { kind: 'truncated' }, 'unreachable'),
    },
  ];

  it.each(noticed)('$flaw', async ({ flaw, check }) => {
    await expect(check(flaw)).rejects.toThrow();
    proxy.setFault(undefined);
    // The same check passes without the flaw, so that it is the flaw it noticed.
    await check(undefined);
  });

  it('never gives up', async () => {
    const abort = new AbortController();
    proxy.setFault({ kind: 'hang' });
    const running = collect(toy('never gives up'), { signal: abort.signal });
    abort.abort(new Error('over'));
    const winner = await Promise.race([
      running.then(() => 'stopped'),
      new Promise(resolve => {
        setTimeout(resolve, 1_200, 'still running');
      }),
    ]);
    expect(winner).toBe('still running');
    await proxy.close();
    await running;
  });

  it('keeps what vanished where it is more than 30 %, and sweeps less', async () => {
    const { run, ledger } = await readAll(toy());
    await upstream.dropThird();
    const next = await collect(toy(), { cursor: run.cursor });
    ledgerOf(next.batches, ledger);
    expect(ledger.totals.refusedSweeps).toBe(1);
    expect(ledger.observations).toHaveLength(45);
  });
});
