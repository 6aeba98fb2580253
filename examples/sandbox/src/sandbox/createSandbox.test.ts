import { execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { createServer, type AddressInfo } from 'net';
import { join } from 'path';
import { testEnd, testStart } from '../__testUtils__/dates';
import { git, gitLines } from '../__testUtils__/git';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { DAY } from '../world/time';
import type { Truth } from '../world/truth';
import { createSandbox, type Sandbox } from './createSandbox';
import type { SandboxOptions } from './SandboxOptions';

const folder = temporaryFolder();
const short = { start: testEnd - 20 * DAY, end: testEnd };
let number = 0;

function stateDir(): string {
  return join(folder, `state-${(number += 1)}`);
}

async function withSandbox<T>(
  options: SandboxOptions,
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const sandbox = await createSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** Clones without blocking the server, which runs in this very process. */
function clone(url: string, to: string, ...args: string[]) {
  return new Promise<{ code: number | null; said: string }>(resolve => {
    const child = spawn('git', ['clone', '--quiet', ...args, url, to], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_TERMINAL_PROMPT: '0',
      },
    });
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
    });
    child.on('close', code => resolve({ code, said }));
  });
}

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  return (await response.json()) as T;
}

describe('a sandbox that is served', () => {
  let sandbox: Sandbox;
  const directory = stateDir();
  const setFault = (mode: string, delaySeconds?: number) =>
    fetch(`${sandbox.url}/world/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tool: 'git', mode, delaySeconds }),
    });

  beforeAll(async () => {
    sandbox = await createSandbox({
      stateDir: directory,
      start: testStart,
      end: testEnd,
      protection: {
        repositories: ['tern-compose'],
        user: 'day2',
        password: 'secret',
      },
    });
  }, 60_000);
  afterAll(() => sandbox.stop());

  it('says how it is', async () => {
    expect(await json(`${sandbox.url}/healthz`)).toEqual({
      status: 'ok',
      until: new Date(testEnd).toISOString(),
    });
  });

  it('lets repositories be cloned, whole, mirrored, shallow and partly', async () => {
    const truth = await json<Truth>(`${sandbox.url}/world/truth`);
    const { head, commits } = truth.repositories.find(
      r => r.name === 'tern-gitops',
    )!;
    const url = `${sandbox.url}/git/tern-gitops.git`;
    for (const [to, args, count] of [
      ['whole', [], commits.length],
      ['mirror', ['--mirror'], commits.length],
      ['shallow', ['--depth=5'], 5],
      ['partial', ['--filter=blob:none', '--bare'], commits.length],
    ] as const) {
      const path = join(directory, to);
      expect(await clone(url, path, ...args)).toEqual({ code: 0, said: '' });
      expect(git(path, 'rev-parse', 'HEAD')).toBe(head);
      expect(gitLines(path, 'rev-list', 'HEAD')).toHaveLength(count);
    }
  }, 60_000);

  it('shows repositories and commits to people', async () => {
    const truth = await json<Truth>(`${sandbox.url}/world/truth`);
    const { head } = truth.repositories.find(r => r.name === 'tern-gitops')!;
    const commit = `/git/tern-gitops/commit/${head}`;
    for (const path of ['/git/tern-gitops.git', '/git/tern-gitops']) {
      const response = await fetch(`${sandbox.url}${path}`);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await response.text()).toContain(`href="${commit}"`);
    }
    const shown = await fetch(`${sandbox.url}${commit}`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-security-policy')).toBe(
      "default-src 'none'",
    );
    const text = await shown.text();
    expect(text).toContain(`commit ${head}`);
    expect(text).toContain('diff --git');
    // Authors are written as Name <address>.
    expect(text).toMatch(/Author: [^<>]+ &lt;[^<>]+&gt;/);
    for (const path of [
      '/git/tern-gitops/commit/0123456789012345678901234567890123456789',
      '/git/tern-gitops/commit/HEAD',
      '/git/tern-gitops/commit/--output=x',
      `/git/none/commit/${head}`,
      '/git/tern-compose',
      `/git/tern-compose/commit/${head}`,
    ]) {
      expect((await fetch(`${sandbox.url}${path}`)).status).toBe(404);
    }
  });

  it('is read-only and knows no other repository', async () => {
    const push = await fetch(
      `${sandbox.url}/git/ledger.git/info/refs?service=git-receive-pack`,
    );
    expect(push.status).toBe(403);
    const other = await fetch(
      `${sandbox.url}/git/..%2fsandbox.git/info/refs?service=git-upload-pack`,
    );
    expect(other.status).toBe(404);
  });

  it('asks for a password where it is told to', async () => {
    const url = `${sandbox.url}/git/tern-compose.git`;
    const refused = await clone(url, join(directory, 'refused'));
    expect(refused.code).not.toBe(0);
    const known = url.replace('//', '//day2:secret@');
    expect((await clone(known, join(directory, 'known'))).code).toBe(0);
    const wrong = url.replace('//', '//day2:secreT@');
    expect((await clone(wrong, join(directory, 'wrong'))).code).not.toBe(0);
  });

  it('gives single files', async () => {
    const response = await fetch(`${sandbox.url}/raw/ledger/main/README.md`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toMatch(/^# ledger\n/);
    for (const path of [
      'ledger/main/none',
      'ledger/main/../../../config',
      'ledger/--help/README.md',
      'none/main/README.md',
      'tern-compose/main/production/.env',
    ]) {
      expect((await fetch(`${sandbox.url}/raw/${path}`)).status).toBe(404);
    }
  });

  it('tells the truth of one service alone', async () => {
    const truth = await json<Truth>(
      `${sandbox.url}/world/truth?service=ledger`,
    );
    expect(truth.services.map(s => s.name)).toEqual(['ledger']);
    expect(truth.repositories.map(r => r.name).sort()).toEqual([
      'ledger',
      'tern-gitops',
    ]);
    expect(new Set(truth.deployments.map(d => d.service))).toEqual(
      new Set(['ledger']),
    );
  });

  it('misbehaves when told, and recovers', async () => {
    const refs = `${sandbox.url}/git/ledger.git/info/refs?service=git-upload-pack`;
    await setFault('500');
    expect((await fetch(refs)).status).toBe(500);
    await setFault('html');
    const html = await fetch(refs);
    expect([html.status, html.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    await setFault('none');
    await expect(fetch(refs)).rejects.toThrow();
    await setFault('slow', 600);
    await expect(
      fetch(refs, { signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow(/timeout|aborted/);
    expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200);
    await setFault('off');
    expect((await fetch(refs)).status).toBe(200);
    expect((await setFault('on fire')).status).toBe(400);
  });
});

describe('a sandbox that is started again', () => {
  it('continues the world with the days it missed', async () => {
    const options = { stateDir: stateDir(), ...short };
    const first = await withSandbox(options, async s => s.world.state);
    const before = first.repositories.get('tern-gitops')!.head!.sha;
    const later = { stateDir: options.stateDir, end: testEnd + 3 * DAY };
    await withSandbox(later, async sandbox => {
      expect(sandbox.world.state.start).toBe(first.start);
      const path = join(options.stateDir, 'sandbox/git/tern-gitops.git');
      expect(git(path, 'merge-base', '--is-ancestor', before, 'main')).toBe('');
      expect(git(path, 'rev-parse', 'main')).not.toBe(before);
    });
  }, 60_000);

  it('refuses options of another world, unless it begins anew', async () => {
    const options = { stateDir: stateDir(), ...short, seed: 1 };
    await withSandbox(options, async () => {});
    await expect(createSandbox({ ...options, seed: 2 })).rejects.toThrow(
      /already has a world, with seed 1\..*--reset/,
    );
    await withSandbox({ ...options, seed: 2, reset: true }, async sandbox => {
      expect(sandbox.world.state.seed).toBe(2);
    });
  }, 60_000);

  it('begins anew cleanly where the creation was cut off', async () => {
    const options = { stateDir: stateDir(), ...short };
    const remains = join(options.stateDir, 'sandbox');
    for (const name of ['git', 'git.partial']) {
      mkdirSync(join(remains, name, 'ledger.git'), { recursive: true });
      writeFileSync(join(remains, name, 'ledger.git', 'HEAD'), 'half a li');
    }
    writeFileSync(join(remains, 'stimuli.jsonl'), '{"id":"live-1","at":1');
    await withSandbox(options, async () => {
      expect(() =>
        git(join(remains, 'git/ledger.git'), 'fsck', '--strict'),
      ).not.toThrow();
    });
    expect(existsSync(join(remains, 'git.partial'))).toBe(false);
    expect(existsSync(join(remains, 'stimuli.jsonl'))).toBe(false);
  }, 60_000);

  it('says what to do with a world it cannot read', async () => {
    const options = { stateDir: stateDir(), ...short };
    mkdirSync(join(options.stateDir, 'sandbox'), { recursive: true });
    writeFileSync(join(options.stateDir, 'sandbox/world.json'), '{"seed": 1}');
    await expect(createSandbox(options)).rejects.toThrow(/--reset/);
  });

  it('says that a port is taken before it makes anything', async () => {
    const other = createServer();
    await new Promise<void>(resolve => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const options = { stateDir: stateDir(), ...short, port };
    await expect(createSandbox(options)).rejects.toThrow(
      `Port ${port} is taken`,
    );
    expect(existsSync(options.stateDir)).toBe(false);
    other.close();
  });

  it('writes catalog entities of generated services', async () => {
    const options = { stateDir: stateDir(), ...short, services: 14 };
    await withSandbox(options, async () => {});
    const text = readFileSync(
      join(options.stateDir, 'sandbox/catalog.yaml'),
      'utf8',
    );
    expect(text.match(/^kind: Component$/gm)).toHaveLength(2);
    expect(text).toContain("day2/sandbox: 'true'");
  }, 60_000);

  it('runs as a command and ends when told', async () => {
    const said = execFileSync(
      process.execPath,
      [
        join(__dirname, '../../../../tools/run-ts.cjs'),
        'src/main.ts',
        '--help',
      ],
      { cwd: join(__dirname, '../..'), encoding: 'utf8' },
    );
    expect(said).toMatch(/^Usage: sandbox/);
  });
});
