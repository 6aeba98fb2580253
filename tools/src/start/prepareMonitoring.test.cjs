const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { Supervisor } = require('../support/Supervisor.cjs');
const { prepareMonitoring } = require('./prepareMonitoring.cjs');

/** A checkout of its own whose PATH holds these programs alone. */
function machine(t, names) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-prepare-'));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const name of names) {
    fs.writeFileSync(path.join(root, name), '#!/bin/sh\n', { mode: 0o755 });
  }
  return {
    paths: pathsOf(root, {}),
    supervisor: new Supervisor(),
    env: { PATH: root },
  };
}

test('the sandbox is told where the programs are', async t => {
  const own = machine(t, ['prometheus', 'promtool', 'alertmanager']);
  assert.deepEqual(await prepareMonitoring(own), {
    DAY2_SANDBOX_PROMETHEUS: path.join(own.env.PATH, 'prometheus'),
    DAY2_SANDBOX_PROMTOOL: path.join(own.env.PATH, 'promtool'),
    DAY2_SANDBOX_ALERTMANAGER: path.join(own.env.PATH, 'alertmanager'),
  });
});

test('where there are none it is told nothing, and people are told why', async t => {
  const said = [];
  const own = machine(t, ['prometheus']);
  const told = await prepareMonitoring({ ...own, say: x => said.push(x) });
  assert.deepEqual(told, {});
  assert.match(said[0], /goes on without .*no apt-get/);
});
