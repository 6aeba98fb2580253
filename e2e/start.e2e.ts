import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import {
  descendantsOf,
  freePort,
  inheritedEnv,
  isAlive,
  PortalApi,
  root,
  serviceParams,
} from './support';

const READY_MS = 240_000;
const END_MS = 30_000;

interface Start {
  child: ChildProcess;
  said(): string;
}

/** What `npm start` runs, in a data folder and on ports of its own. */
describe('npm start', { timeout: 420_000 }, () => {
  let stateDir: string;
  let env: Record<string, string>;
  let first: Start;

  function start(options: { args?: string[]; env?: object } = {}): Start {
    const child = spawn(
      process.execPath,
      [join(root, 'tools', 'start.cjs'), ...(options.args ?? [])],
      {
        cwd: root,
        env: { ...inheritedEnv(), ...env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
        // Not in the group of the tests, as a Ctrl-C is for a whole group.
        detached: true,
      },
    );
    let text = '';
    const take = (chunk: string) => {
      text += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    return { child, said: () => text };
  }

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'day2-start-'));
    env = {
      DAY2_STATE_DIR: stateDir,
      DAY2_APP_PORT: String(await freePort()),
      DAY2_BACKEND_PORT: String(await freePort()),
      DAY2_SANDBOX_PORT: String(await freePort()),
      DAY2_PROMETHEUS_PORT: String(await freePort()),
      DAY2_ALERTMANAGER_PORT: String(await freePort()),
    };
    first = start();
  });

  after(async () => {
    if (isRunning(first.child)) {
      first.child.kill('SIGTERM');
      await once(first.child, 'exit');
    }
    await rm(stateDir, { recursive: true, force: true });
  });

  test('is ready when there is something to see', async () => {
    const until = Date.now() + READY_MS;
    while (!/^Ready after /m.test(first.said())) {
      assert.ok(isRunning(first.child), first.said());
      assert.ok(Date.now() < until, first.said());
      await delay(100);
    }
    const page = await fetch(`http://localhost:${env.DAY2_APP_PORT}/`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<div id="root">/);
    // At once: this is what Ready promises.
    const api = await PortalApi.as({
      url: `http://localhost:${env.DAY2_BACKEND_PORT}`,
      person: 'ana',
    });
    const { items } = await api.call('listServiceDeployments', {
      params: serviceParams('payments-api'),
      query: {},
    });
    assert.ok(items.length > 0, 'payments-api has deployments');
  });

  test('tells requests to its log file, not to the terminal', async () => {
    const log = await readFile(join(stateDir, 'start.log'), 'utf8');
    assert.match(first.said(), /start\.log/);
    assert.match(log, /incomingRequest/);
    assert.doesNotMatch(first.said(), /incomingRequest/);
  });

  test('a second one says which ports are taken, and by what to choose others', async () => {
    const second = start();
    const [code] = await once(second.child, 'close');
    assert.equal(code, 1);
    const isTaken = (name: string) =>
      name.endsWith('_PORT') &&
      (process.env.DAY2_TEST_PROMETHEUS !== undefined ||
        !/PROMETHEUS|ALERTMANAGER/.test(name));
    for (const variable of Object.keys(env).filter(isTaken)) {
      assert.match(
        second.said(),
        new RegExp(`Port ${env[variable]} .* is taken.*${variable}=<port>`),
      );
    }
    assert.ok(isRunning(first.child));
  });

  test('options that nothing can be made of delete nothing', async () => {
    const token = await readFile(join(stateDir, 'token'), 'utf8');
    const refused = start({ args: ['--reset', '--services', '9999'] });
    const [code] = await once(refused.child, 'close');
    assert.equal(code, 1);
    assert.match(
      refused.said(),
      /--services takes a whole number from 12 to 60/,
    );
    assert.equal(await readFile(join(stateDir, 'token'), 'utf8'), token);
    await readFile(join(stateDir, 'sandbox', 'world.json'));
  });

  test('ends with everything it has started on Ctrl-C', async () => {
    const started = descendantsOf(first.child.pid!);
    assert.ok(started.length >= 3, `has started ${started.length} programs`);
    const ended = once(first.child, 'exit');
    // As a terminal does: to the whole group.
    process.kill(-first.child.pid!, 'SIGINT');
    const [code] = await Promise.race([
      ended,
      delay(END_MS, ['still running'], { ref: false }),
    ]);
    assert.equal(code, 130);
    for (const until = Date.now() + 5000; started.some(isAlive); ) {
      assert.ok(Date.now() < until, `${started.filter(isAlive)} live on`);
      await delay(50);
    }
  });
});

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
