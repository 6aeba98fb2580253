const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { describe, test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { prepareState } = require('./prepareState.cjs');

function folder(t, files = []) {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-state-'));
  t.after(() => fs.rmSync(state, { recursive: true, force: true }));
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(state, file)), { recursive: true });
    fs.writeFileSync(path.join(state, file), 'kept');
  }
  return pathsOf('/checkout', { DAY2_STATE_DIR: state });
}

const has = (paths, file) => fs.existsSync(path.join(paths.state, file));

describe('prepareState', () => {
  test('makes the folder', t => {
    const { state } = folder(t);
    const paths = pathsOf('/checkout', {
      DAY2_STATE_DIR: path.join(state, 'a', 'b'),
    });
    prepareState({ paths, chosen: true, reset: true });
    assert.ok(fs.statSync(paths.state).isDirectory());
  });

  test('a reset deletes what is ours, and nothing else', t => {
    const files = ['token', 'git/a.git/HEAD', 'portal/day2.sqlite', 'notes.md'];
    const paths = folder(t, files);
    prepareState({ paths, chosen: true, reset: false });
    assert.deepEqual(
      files.map(file => has(paths, file)),
      [true, true, true, true],
    );
    prepareState({ paths, chosen: true, reset: true });
    assert.deepEqual(
      files.map(file => has(paths, file)),
      [true, false, false, true],
    );
  });

  test('a folder of somebody else’s is left alone', t => {
    const paths = folder(t, ['git/work/README.md']);
    assert.throws(() => prepareState({ paths, chosen: true, reset: true }), {
      name: 'Problem',
      message: /holds something else/,
    });
    assert.ok(has(paths, 'git/work/README.md'));
  });

  test('what is no folder cannot be written to, and that is said', t => {
    const { state } = folder(t, ['file']);
    const paths = pathsOf('/checkout', {
      DAY2_STATE_DIR: path.join(state, 'file', 'state'),
    });
    assert.throws(() => prepareState({ paths, chosen: true }), {
      name: 'Problem',
      message: /cannot be written to \(ENOTDIR\)/,
    });
  });
});
