const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { installHash } = require('./installHash.cjs');

function repository(t) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-hash-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  write('package.json', JSON.stringify({ workspaces: ['tools', 'plugins/*'] }));
  write('yarn.lock', 'one');
  write('.yarnrc.yml', '');
  write('tools/package.json', '{}');
  write('plugins/a/package.json', '{}');
  write('plugins/README.md', 'not a package');
  return { root, write };
}

for (const [what, change] of [
  ['the lock file', write => write('yarn.lock', 'two')],
  ['yarn’s settings', write => write('.yarnrc.yml', 'x: 1')],
  ['a workspace', write => write('tools/package.json', '{"name":"t"}')],
  ['a new package', write => write('plugins/b/package.json', '{}')],
]) {
  test(`${what} changes the hash`, t => {
    const { root, write } = repository(t);
    const before = installHash({ root, nodeVersion: '22.23.3' });
    assert.equal(installHash({ root, nodeVersion: '22.23.3' }), before);
    change(write);
    assert.notEqual(installHash({ root, nodeVersion: '22.23.3' }), before);
  });
}

test('another Node changes the hash, a source file does not', t => {
  const { root, write } = repository(t);
  const before = installHash({ root, nodeVersion: '22.23.3' });
  assert.notEqual(installHash({ root, nodeVersion: '24.1.0' }), before);
  write('plugins/a/src/index.ts', 'export {}');
  assert.equal(installHash({ root, nodeVersion: '22.23.3' }), before);
});
