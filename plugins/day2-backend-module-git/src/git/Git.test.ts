import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, startModule, until } from '../__testUtils__/processes';
import { Git } from './Git';
import { GitFailure } from './GitFailure';

jest.setTimeout(90_000);

// Elsewhere the system limits no memory.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describe('Git', () => {
  let folder: string;
  let server: Server | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-git-'));
  });

  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function script(text: string): string {
    const path = join(folder, 'git');
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return path;
  }

  it('dies with the process that started it, helpers too', async () => {
    const pids = join(folder, 'pids');
    const binary = script(
      `sleep 300 &\necho "$$ $!" > ${pids}.part; mv ${pids}.part ${pids}\nwait`,
    );
    const run = startModule({
      module: require.resolve('../__testUtils__/gitChild'),
      variable: 'DAY2_GIT_CHILD',
      value: { binary, configFile: '/dev/null' },
    });
    await until('git to run', () => existsSync(pids) || run.errors() !== '');
    const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
    expect(started.map(isAlive)).toEqual([true, true]);
    run.child.kill('SIGKILL');
    await run.ended;
    await until('git to end', () => !started.some(isAlive));
    expect(started.map(isAlive)).toEqual([false, false]);
  });

  it('tells exit codes, errors and a command that is not there', async () => {
    const git = (binary: string) =>
      Git.create({ binary, configFile: '/dev/null' });
    const failing = git(script('echo no >&2; exit 7'));
    await expect(failing.run({ args: ['x'] })).rejects.toMatchObject({
      reason: 'failed',
      exitCode: 7,
      stderr: 'no\n',
    });
    expect(
      await failing.run({ args: ['x'], allowedExitCodes: [7] }),
    ).toMatchObject({ exitCode: 7 });
    await expect(
      git('git-that-is-not-there').run({ args: ['x'] }),
    ).rejects.toMatchObject({ reason: 'missing' });
    await expect(
      git(script('sleep 60 & sleep 60')).run({ args: ['x'], timeoutMs: 100 }),
    ).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('writes no file above the limit', async () => {
    const file = join(folder, 'file');
    const git = Git.create({
      binary: script(`head -c 1000000 /dev/zero > ${file}`),
      configFile: '/dev/null',
    });
    await expect(
      git.run({ args: ['x'], maxFileBytes: 100 * 1024 }),
    ).rejects.toBeInstanceOf(GitFailure);
    expect(readFileSync(file).length).toBeLessThanOrEqual(100 * 1024);
  });

  describeOnLinux('memory', () => {
    it('a server with endless refs does not make it grow on', async () => {
      const sha = '1'.repeat(40);
      const line = (text: string) =>
        (text.length + 4).toString(16).padStart(4, '0') + text;
      let sent = 0;
      server = createServer((_, response) => {
        response.writeHead(200, {
          'content-type': 'application/x-git-upload-pack-advertisement',
        });
        response.write(
          `${line('# service=git-upload-pack\n')}0000${line(
            `${sha} HEAD\0agent=x\n`,
          )}`,
        );
        const more = () => {
          while (!response.destroyed) {
            let text = '';
            for (let n = 0; n < 1000; n++) {
              sent += 1;
              text += line(`${sha} refs/heads/${sent}-${'x'.repeat(800)}\n`);
            }
            if (!response.write(text)) {
              return;
            }
          }
        };
        response.on('drain', more);
        more();
      });
      await new Promise<void>(done => {
        server!.listen(0, '127.0.0.1', done);
      });
      const { port } = server.address() as AddressInfo;
      const error = await Git.create({ configFile: '/dev/null' })
        .run({
          args: ['ls-remote', `http://127.0.0.1:${port}/x.git`],
          maxMemoryBytes: 300 * 1024 ** 2,
          timeoutMs: 60_000,
        })
        .catch(thrown => thrown);
      expect(error).toMatchObject({ reason: 'failed' });
      expect(error.stderr).toMatch(/memory/i);
      // Far below what it would take unbounded in that time.
      expect(sent * 800).toBeLessThan(500 * 1024 ** 2);
    });
  });
});
