import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { SourceError, type Source } from '@day2/backstage-plugin-day2-node';
import { TestHub } from '../__testUtils__/testHub';
import { batch, sourceOf } from './__testUtils__/sourceOf';
import { SourceRunner } from './SourceRunner';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('SourceRunner on %s', id => {
  let hub: TestHub;
  const runners: SourceRunner[] = [];

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map(runner => runner.stop()));
    await hub.worker.stop();
  });

  function runnerOf(
    source: Source,
    of = hub,
    sliceMs = 30_000,
    firstBatchMs?: number,
    logger = mockServices.logger.mock(),
  ) {
    const runner = SourceRunner.create({
      sources: [source],
      sourceStore: of.sources,
      ingest: of.ingest,
      deriveWorker: of.worker,
      logger,
      holder: `replica-${runners.length}`,
      now: () => of.time,
      sliceMs,
      firstBatchMs,
      tickMs: 3_600_000,
    });
    runners.push(runner);
    return runner;
  }

  async function status(source: Source) {
    const [found] = await hub.sources.list({ sources: [source] });
    return found;
  }

  it('reads on from the cursor, and says how it stands', async () => {
    const cursors: unknown[] = [];
    const source = sourceOf(async function* pull({ cursor }) {
      cursors.push(cursor);
      yield batch(1);
      yield batch(2);
    });
    expect(await status(source)).toMatchObject({ state: 'never-run' });
    const runner = runnerOf(source);
    await runner.start();
    await runner.settled();
    expect(await status(source)).toMatchObject({
      state: 'ok',
      lagSeconds: 0,
      counts: { deployment: 2 },
    });
    await runner.tick();
    await runner.settled();
    expect(cursors).toEqual([undefined]);
    await runner.runNow('test:one');
    await runner.settled();
    expect(cursors).toEqual([undefined, { at: 2 }]);
    hub.time += 181_000;
    expect(await status(source)).toMatchObject({
      state: 'stale',
      lagSeconds: 181,
    });
  });

  it('logs why it fails once for each reason, and that it is read again', async () => {
    const reasons = ['Gone', 'Gone', 'Gone', 'Refused', 'Gone'];
    const source = sourceOf(async function* pull() {
      const message = reasons.shift();
      if (message) {
        throw new SourceError({ code: 'unreachable', message });
      }
      yield batch(1);
    });
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const runner = runnerOf(source, hub, 30_000, undefined, logger);
    await runner.start();
    for (let n = 0; n < 7; n += 1) {
      await runner.runNow('test:one');
      await runner.settled();
    }
    expect(logger.warn.mock.calls.map(([, meta]) => meta)).toEqual(
      ['Gone', 'Refused', 'Gone'].map(reason =>
        expect.objectContaining({ reason }),
      ),
    );
    expect(logger.debug).toHaveBeenCalledTimes(2);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('records a failure in plain words, and waits longer each time', async () => {
    const source = sourceOf(
      // eslint-disable-next-line require-yield
      async function* pull() {
        throw new SourceError({
          code: 'rate-limited',
          message: 'Too many calls to https://me:secret@host of /srv/git/a',
          fix: 'Wait, or free /srv/git',
          retryAfterMs: 120_000,
        });
      },
    );
    const runner = runnerOf(source);
    await runner.start();
    await runner.settled();
    const since = hub.time;
    expect(await status(source)).toMatchObject({
      state: 'failing',
      failingSince: new Date(since).toISOString(),
      error: {
        code: 'rate-limited',
        text: 'Too many calls to https://host of …/a',
        fix: 'Wait, or free …/git',
      },
    });
    hub.time += 119_000;
    await runner.tick();
    await runner.settled();
    expect(await hub.database('source').first('failures')).toEqual({
      failures: 1,
    });
    hub.time += 2_000;
    await runner.tick();
    await runner.settled();
    expect(await hub.database('source').first('failures')).toEqual({
      failures: 2,
    });
    expect((await status(source)).failingSince).toBe(
      new Date(since).toISOString(),
    );
  });

  it('keeps what landed before a failure, and recovers', async () => {
    let ill = true;
    const source = sourceOf(async function* pull({ cursor }) {
      if (!cursor) {
        yield batch(1);
      }
      if (ill) {
        throw new Error('socket hang up');
      }
      yield batch(2);
    });
    const runner = runnerOf(source);
    await runner.start();
    await runner.settled();
    expect(await status(source)).toMatchObject({
      state: 'failing',
      error: { code: 'internal', text: 'socket hang up' },
      counts: { deployment: 1 },
    });
    ill = false;
    await runner.runNow('test:one');
    await runner.settled();
    const fine = await status(source);
    expect(fine).toMatchObject({ state: 'ok', counts: { deployment: 2 } });
    expect(fine.error).toBeUndefined();
    expect(fine.failingSince).toBeUndefined();
  });

  it('two replicas run it once', async () => {
    let runs = 0;
    const source = sourceOf(async function* pull() {
      runs += 1;
      yield batch(1);
    });
    const a = runnerOf(source);
    const b = runnerOf(source, hub.replica());
    await Promise.all([a.start(), b.start()]);
    await Promise.all([a.settled(), b.settled()]);
    expect(runs).toBe(1);
  });

  it('a replica that hung lands nothing once another took over', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    let slow = true;
    const source = sourceOf(async function* pull({ cursor }) {
      if (slow) {
        slow = false;
        yield batch(1);
        await held;
        yield batch(99, { at: 99 });
        return;
      }
      yield batch(Number(cursor?.at) + 1);
    });
    const hung = runnerOf(source);
    await hung.start();
    await waitFor(async () =>
      Boolean((await hub.database('source').first('cursor'))?.cursor),
    );
    hub.time += 15_001;
    const other = hub.replica();
    const next = runnerOf(source, other);
    await next.start();
    await next.settled();
    release();
    await hung.settled();
    const keys = await hub.database('observation').orderBy('key').select('key');
    expect(keys).toEqual([{ key: 'd1' }, { key: 'd2' }]);
    expect(await hub.database('source').first('cursor', 'failures')).toEqual({
      cursor: '{"at":2}',
      failures: 0,
    });
  });

  it('cuts a long read into slices, and goes on', async () => {
    const source = sourceOf(async function* pull({ cursor }) {
      for (let n = Number(cursor?.at ?? 0) + 1; n <= 3; n += 1) {
        hub.time += 20;
        yield batch(n);
      }
    });
    const runner = runnerOf(source, hub, 10);
    await runner.start();
    await runner.settled();
    expect(await status(source)).toMatchObject({
      state: 'back-filling',
      counts: { deployment: 1 },
    });
    for (let turn = 0; turn < 3; turn += 1) {
      await runner.tick();
      await runner.settled();
    }
    expect(await status(source)).toMatchObject({
      state: 'ok',
      counts: { deployment: 3 },
    });
  });

  it('stops soon, gives the lease back, and counts no failure', async () => {
    const source = sourceOf(async function* pull({ signal }) {
      yield batch(1);
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    const runner = runnerOf(source);
    await runner.start();
    await waitFor(async () =>
      Boolean((await hub.database('source').first('cursor'))?.cursor),
    );
    await runner.stop();
    expect(
      await hub.database('source').first('holder', 'failures', 'error'),
    ).toEqual({ holder: null, failures: 0, error: null });
  });

  it.each(['heeds the signal', 'hangs for good'])(
    'a source that says nothing has failed, and is tried later: %s',
    async kind => {
      let runs = 0;
      const source = sourceOf(
        // eslint-disable-next-line require-yield
        async function* pull({ signal }) {
          runs += 1;
          await new Promise((_, reject) => {
            if (kind === 'heeds the signal') {
              signal.addEventListener('abort', () => reject(signal.reason));
            }
          });
        },
      );
      const runner = runnerOf(source, hub, 20, 40);
      await runner.start();
      await runner.settled();
      expect(await status(source)).toMatchObject({
        state: 'failing',
        error: {
          code: 'timeout',
          text: 'Nothing came for a minute.',
          fix: expect.any(String),
        },
      });
      await runner.tick();
      await runner.settled();
      expect(runs).toBe(1);
    },
  );

  it('pauses, resumes, reads again from the beginning', async () => {
    const cursors: unknown[] = [];
    let ill = false;
    const source = sourceOf(async function* pull({ cursor, reread }) {
      cursors.push({ cursor, reread });
      if (ill) {
        throw new Error('socket hang up');
      }
      yield { ...batch(1), skipped: { rule: 1 } };
    });
    const runner = runnerOf(source);
    await hub.sources.setPaused({ id: 'test:one', paused: true });
    await runner.start();
    await runner.settled();
    expect(cursors).toEqual([]);
    expect(await status(source)).toMatchObject({ state: 'paused' });
    await expect(runner.runNow('test:one')).rejects.toThrow('paused');

    await hub.sources.setPaused({ id: 'test:one', paused: false });
    await runner.tick();
    await runner.settled();
    await hub.sources.reread({ id: 'test:one' });
    ill = true;
    await runner.tick();
    await runner.settled();
    // Until a batch of the new reading is in, it is told again.
    ill = false;
    await runner.runNow('test:one');
    await runner.settled();
    await runner.runNow('test:one');
    await runner.settled();
    expect(cursors).toEqual([
      { cursor: undefined, reread: undefined },
      { cursor: { at: 1 }, reread: true },
      { cursor: { at: 1 }, reread: true },
      { cursor: { at: 1 }, reread: undefined },
    ]);
    expect(await status(source)).toMatchObject({
      counts: { deployment: 1 },
      // Of the reading anew and of the one after it.
      skipped: { rule: 2 },
    });
  });

  it('pages through the quarantine and tries it again', async () => {
    const source = sourceOf(async function* pull() {
      yield {
        observations: [],
        cursor: {},
        rejected: [1, 2, 3].map(n => ({
          key: `k${n}`,
          reason: 'not YAML',
          item: { n },
        })),
      };
    });
    const runner = runnerOf(source);
    await runner.start();
    await runner.settled();
    const first = await hub.sources.quarantine({
      source: 'test:one',
      limit: 2,
    });
    const second = await hub.sources.quarantine({
      source: 'test:one',
      limit: 2,
      cursor: first.nextCursor,
    });
    expect(
      [...first.items, ...second.items].map(({ key }) => key).sort(),
    ).toEqual(['k1', 'k2', 'k3']);
    expect(second.nextCursor).toBeUndefined();
    expect(await hub.sources.replayQuarantine({ id: 'test:one' })).toEqual({
      released: 3,
    });
    expect(await status(source)).toMatchObject({ quarantined: 0 });
    await runner.tick();
    await runner.settled();
    expect(await status(source)).toMatchObject({ quarantined: 3 });
  });
});

async function waitFor(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
