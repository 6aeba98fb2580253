const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { childEnv } = require('./childEnv.cjs');

function nodeWithHeaders(t, [major, minor, patch]) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-node-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  fs.mkdirSync(path.join(root, 'include', 'node'), { recursive: true });
  fs.writeFileSync(
    path.join(root, 'include', 'node', 'node_version.h'),
    `#define NODE_MAJOR_VERSION ${major}\n#define NODE_MINOR_VERSION ${minor}\n#define NODE_PATCH_VERSION ${patch}\n`,
  );
  return { root, bin: path.join(root, 'bin', 'node'), version: '22.23.3' };
}

const paths = pathsOf('/checkout');

test('the right Node goes first, then the repository’s own commands', t => {
  const node = nodeWithHeaders(t, [22, 23, 3]);
  const { PATH } = childEnv({ env: { PATH: '/usr/bin' }, node, paths });
  assert.deepEqual(PATH.split(path.delimiter), [
    path.dirname(node.bin),
    '/checkout/node_modules/.bin',
    '/usr/bin',
  ]);
});

test('native addons are built with the headers of that Node only', t => {
  const env = { PATH: '', npm_config_nodedir: '/usr' };
  const right = nodeWithHeaders(t, [22, 23, 3]);
  assert.equal(
    childEnv({ env, node: right, paths }).npm_config_nodedir,
    right.root,
  );
  const wrong = nodeWithHeaders(t, [20, 20, 2]);
  assert.equal(
    childEnv({ env, node: wrong, paths }).npm_config_nodedir,
    undefined,
  );
});

for (const [registry, given, wanted] of [
  ['https://mirror.example/npm/', undefined, 'https://mirror.example/npm'],
  ['https://mirror.example/npm/', 'https://own.example', 'https://own.example'],
  [undefined, undefined, undefined],
]) {
  test(`npm’s registry ${registry} with yarn’s ${given} gives ${wanted}`, t => {
    const env = { PATH: '', ...(given && { YARN_NPM_REGISTRY_SERVER: given }) };
    const node = nodeWithHeaders(t, [22, 23, 3]);
    assert.equal(
      childEnv({ env, node, paths, registry }).YARN_NPM_REGISTRY_SERVER,
      wanted,
    );
  });
}

test('npm’s own default is followed like any other registry', t => {
  // Asked for, because no file names a registry.
  const registry = execFileSync(
    'npm',
    ['config', 'get', 'registry', '--userconfig=/dev/null', '--loglevel=error'],
    { cwd: os.tmpdir(), env: { PATH: process.env.PATH }, encoding: 'utf8' },
  ).trim();
  const node = nodeWithHeaders(t, [22, 23, 3]);
  assert.match(registry, /^https:/);
  assert.equal(
    `${
      childEnv({ env: { PATH: '' }, node, paths, registry })
        .YARN_NPM_REGISTRY_SERVER
    }/`,
    registry,
  );
});

test('a mirror without TLS is allowed to yarn by its host, because npm uses it', t => {
  const node = nodeWithHeaders(t, [22, 23, 3]);
  const whitelist = registry =>
    childEnv({ env: { PATH: '' }, node, paths, registry })
      .YARN_UNSAFE_HTTP_WHITELIST;
  assert.equal(whitelist('http://mirror.example:8080/npm/'), 'mirror.example');
  assert.equal(whitelist('https://mirror.example/npm/'), undefined);
});
