const assert = require('node:assert/strict');
const { once } = require('node:events');
const { test } = require('node:test');
const { Supervisor } = require('./Supervisor.cjs');
const { isGroupAlive } = require('./isGroupAlive.cjs');

/** Starts a shell with a grandchild, and waits until both run. */
async function start(supervisor, script) {
  const child = supervisor.spawn('sh', ['-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('stopAll ends children and grandchildren', async () => {
  const supervisor = new Supervisor();
  const child = await start(supervisor, 'sleep 60 & echo up; wait');
  assert.equal(isGroupAlive(child.pid), true);
  await supervisor.stopAll();
  assert.equal(isGroupAlive(child.pid), false);
});

test('what does not listen to SIGTERM is killed after the grace time', async () => {
  const supervisor = new Supervisor();
  const child = await start(
    supervisor,
    `trap '' TERM; sleep 60 & echo up; while :; do wait; done`,
  );
  await supervisor.stopAll({ graceMs: 200 });
  assert.equal(isGroupAlive(child.pid), false);
});

test('stop ends what a child left behind', async () => {
  const supervisor = new Supervisor();
  const child = await start(supervisor, 'sleep 60 >/dev/null & echo up');
  await once(child, 'close');
  assert.equal(isGroupAlive(child.pid), true);
  await supervisor.stop(child);
  assert.equal(isGroupAlive(child.pid), false);
});

test('nothing is started while stopping', async () => {
  const supervisor = new Supervisor();
  await supervisor.stopAll();
  assert.equal(supervisor.stopping, true);
  assert.throws(() => supervisor.spawn('true', []), /Shutting down/);
});
