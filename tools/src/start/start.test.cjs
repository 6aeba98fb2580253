const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { describe, test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { ensureToken } = require('./ensureToken.cjs');
const { discoverArguments, gitopsConfig } = require('./prepareGitops.cjs');
const { portalAlone } = require('./portalAlone.cjs');
const { portalConfig, portalEnv } = require('./portalConfig.cjs');
const { portsOf } = require('./portsOf.cjs');
const { startOptions } = require('./startOptions.cjs');

function checkout(t, files = []) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-start-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  for (const file of files) {
    fs.writeFileSync(path.join(root, file), '');
  }
  return pathsOf(root);
}

describe('startOptions', () => {
  test('nothing given: sandbox and portal', () => {
    assert.deepEqual(startOptions([]), {
      reset: false,
      sandbox: true,
      help: false,
      gitops: [],
      sandboxArgs: [],
    });
  });

  test('everything given', () => {
    const { gitops, sandboxArgs, reset, sandbox } = startOptions(
      '--reset --no-sandbox --seed 7 --services=40 --gitops https://git.example/a.git --gitops git@git.example:b/c.git'.split(
        ' ',
      ),
    );
    assert.deepEqual(gitops, [
      'https://git.example/a.git',
      'git@git.example:b/c.git',
    ]);
    assert.deepEqual(sandboxArgs, ['--seed', '7', '--services', '40']);
    assert.equal(reset, true);
    assert.equal(sandbox, false);
  });

  for (const args of [
    ['--seed', 'x'],
    ['--seed', '9007199254740993'],
    ['--services', '-1'],
    ['--reset', '--services', '11'],
    ['--reset', '--services', '9999'],
    ['what'],
    ['--gitops', 'ext::sh -c evil'],
    ['--gitops', '-oProxyCommand=evil'],
    ['--gitops', '/plain/path'],
  ]) {
    test(`${args.join(' ')} is refused`, () => {
      assert.throws(() => startOptions(args), { name: 'Problem' });
    });
  }
});

test('what the sandbox takes is what is let through to it', () => {
  const { root } = pathsOf();
  const asked = value =>
    spawnSync(
      process.execPath,
      [
        path.join(root, 'tools', 'run-ts.cjs'),
        'src/main.ts',
        ...['--services', value, '--pace', 'none'],
      ],
      { cwd: path.join(root, 'examples', 'sandbox'), encoding: 'utf8' },
    ).stderr;
  for (const value of ['11', '12', '60', '61']) {
    // The pace, looked at last, is none: nothing is started.
    const said = asked(value);
    const refused = /--services/.test(said);
    assert.ok(refused || /--pace/.test(said), said);
    const options = () => startOptions(['--services', value]);
    if (refused) {
      assert.throws(options, /--services/);
    } else {
      assert.deepEqual(options().sandboxArgs, ['--services', value]);
    }
  }
});

describe('portsOf', () => {
  test('defaults, and others by environment', () => {
    const ports = portsOf({ DAY2_BACKEND_PORT: '8007' });
    assert.deepEqual(
      Object.values(ports).map(({ port }) => port),
      [3000, 8007, 7010, 7011, 7012],
    );
  });

  for (const value of ['x', '0', '70000', '1.5']) {
    test(`${value} is refused`, () => {
      assert.throws(() => portsOf({ DAY2_APP_PORT: value }), /not a port/);
    });
  }
});

describe('ensureToken', () => {
  test('is random, made once, and readable by its owner only', t => {
    const paths = checkout(t);
    const token = ensureToken({ paths });
    assert.ok(token.length >= 32);
    assert.equal(ensureToken({ paths }), token);
    assert.equal(fs.statSync(paths.token).mode & 0o777, 0o600);
    assert.notEqual(ensureToken({ paths: checkout(t) }), token);
  });

  test('a damaged one is replaced', t => {
    const paths = checkout(t);
    fs.mkdirSync(paths.state);
    fs.writeFileSync(paths.token, 'short\n');
    assert.ok(ensureToken({ paths }).length >= 32);
  });
});

test('what is kept stands where DAY2_STATE_DIR says', () => {
  const root = path.resolve('/checkout');
  assert.equal(pathsOf(root).state, path.join(root, '.day2'));
  const { state, token } = pathsOf(root, { DAY2_STATE_DIR: 'mine' });
  assert.equal(state, path.resolve('mine'));
  assert.equal(token, path.resolve('mine', 'token'));
});

test('the sandbox’s configuration is there only with the sandbox', t => {
  const { root } = checkout(t, ['app-config.yaml', 'app-config.sandbox.yaml']);
  const names = sandbox =>
    portalConfig({ root, sandbox }).map(file => path.basename(file));
  assert.deepEqual(names(true), ['app-config.yaml', 'app-config.sandbox.yaml']);
  assert.deepEqual(names(false), ['app-config.yaml']);
});

test('a local configuration wins over ours, as in any Backstage repository', t => {
  const { root } = checkout(t, ['app-config.yaml', 'app-config.local.yaml']);
  assert.match(
    portalConfig({ root, sandbox: true }).at(-1),
    /app-config\.local\.yaml$/,
  );
});

test('portal and sandbox learn ports and token from the environment', t => {
  const paths = checkout(t);
  const env = portalEnv({
    env: { KEPT: '1' },
    paths,
    ports: portsOf({ DAY2_SANDBOX_PORT: '9010' }),
    token: 'secret',
  });
  assert.equal(env.KEPT, '1');
  assert.equal(env.DAY2_SANDBOX_URL, 'http://localhost:9010');
  assert.equal(env.DAY2_PROMETHEUS_URL, 'http://localhost:7011');
  assert.equal(env.DAY2_ALERTMANAGER_PORT, '7012');
  assert.equal(env.DAY2_STATE_DIR, paths.state);
  assert.equal(env.DAY2_SANDBOX_TOKEN, 'secret');
});

test('yarn start passes arguments on, and a --config of one’s own replaces ours', t => {
  const paths = checkout(t, ['app-config.yaml']);
  const args = given => portalAlone({ args: given, env: {}, paths }).args;
  const ours = ['--config', path.join(paths.root, 'app-config.yaml')];
  assert.deepEqual(args([]), ['repo', 'start', 'app', 'backend', ...ours]);
  assert.deepEqual(args(['backend']), ['repo', 'start', 'backend', ...ours]);
  assert.deepEqual(args(['--config', 'x.yaml']), [
    'repo',
    'start',
    'app',
    'backend',
    '--config',
    'x.yaml',
  ]);
});

test('GitOps addresses are added to the repositories there are, under names of their own', () => {
  const own = { url: '${HOST}/gitops.git', role: 'application' };
  const urls = [
    'https://git.example/one/gitops.git',
    'git@git.example:two/gitops.git',
    'https://git.example/one/gitops.git',
    'https://git.example/three/apps/',
  ];
  const config = gitopsConfig({ urls, repositories: [own] });
  const { repositories } = config.day2.git;
  assert.deepEqual(discoverArguments(config, urls), [
    `gitops-2=${urls[0]}`,
    `gitops-3=${urls[1]}`,
    `apps=${urls[3]}`,
  ]);
  assert.deepEqual(repositories, [
    own,
    { name: 'gitops-2', url: urls[0], role: 'gitops' },
    { name: 'gitops-3', url: urls[1], role: 'gitops' },
    { name: 'apps', url: urls[3], role: 'gitops' },
  ]);
});
