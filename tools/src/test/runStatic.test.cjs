const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { Supervisor } = require('../support/Supervisor.cjs');
const { runStatic } = require('./runStatic.cjs');
const { Tally } = require('./Tally.cjs');

/** Commands of the names that are run, each of one line of shell. */
function commands(t, lines) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-static-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  for (const [name, line] of Object.entries(lines)) {
    fs.writeFileSync(path.join(root, name), `#!/bin/sh\n${line}\n`, {
      mode: 0o755,
    });
  }
  return { root, bin: root, logs: path.join(root, 'logs') };
}

test('the lane that ends first does the last thing, once, while the other is busy', async t => {
  const paths = commands(t, {
    // The types end when the last thing has been done.
    tsc: 'until [ -e done ]; do sleep 0.05; done',
    'backstage-repo-tools': 'exit 1',
    'backstage-cli': '',
    prettier: '',
  });
  const tally = new Tally();
  const done = [];
  await runStatic({
    paths,
    supervisor: new Supervisor(),
    env: process.env,
    tally,
    last: async () => {
      done.push(tally.line());
      fs.writeFileSync(path.join(paths.root, 'done'), '');
    },
  });
  assert.deepEqual(done, ['3 passed, 0 failed, 0 skipped']);
  assert.equal(tally.line(), '4 passed, 1 failed, 0 skipped');
  assert.deepEqual(tally.failures, ['static: API reports']);
});

test('where the last thing fails the other lane is waited for all the same', async t => {
  const paths = commands(t, {
    tsc: 'until [ -e failed ]; do sleep 0.05; done; sleep 0.2',
    'backstage-repo-tools': '',
    'backstage-cli': '',
    prettier: '',
  });
  const tally = new Tally();
  await runStatic({
    paths,
    supervisor: new Supervisor(),
    env: process.env,
    tally,
    last: async () => {
      fs.writeFileSync(path.join(paths.root, 'failed'), '');
      throw new Error('The disk is full');
    },
  });
  assert.equal(tally.line(), '5 passed, 0 failed, 0 skipped');
});
