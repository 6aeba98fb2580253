const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setImmediate } = require('node:timers/promises');
const { after, test } = require('node:test');
const { runTests } = require('./runTests.cjs');

const logs = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-parts-'));
after(() => fs.rmSync(logs, { recursive: true }));

/** Notes how the parts begin and end, and runs none of them. */
async function order({ parts, memory }) {
  const noted = [];
  await runTests({
    common: { paths: { logs } },
    parts,
    memory,
    part: async (name, _work, out) => {
      noted.push(`${name} begins${out ? ', held' : ''}`);
      out?.write(`${name} says`);
      await setImmediate();
      noted.push(`${name} ends`);
    },
  });
  return noted;
}

const GB = 1e9;
const both = ['static', 'jest', 'e2e'];

test('with room for both they run side by side, and one has the terminal', async () => {
  assert.deepEqual(await order({ parts: both, memory: 16 * GB }), [
    'jest begins',
    'e2e begins, held',
    'jest ends',
    'e2e ends',
  ]);
  const log = path.join(logs, 'e2e.log');
  assert.equal(fs.readFileSync(log, 'utf8'), 'e2e says');
});

test('with less memory one runs after the other', async () => {
  assert.deepEqual(await order({ parts: both, memory: 8 * GB }), [
    'jest begins',
    'jest ends',
    'e2e begins',
    'e2e ends',
  ]);
});

test('one that is asked for alone is the only one', async () => {
  assert.deepEqual(await order({ parts: ['e2e'], memory: 16 * GB }), [
    'e2e begins',
    'e2e ends',
  ]);
  assert.deepEqual(await order({ parts: ['static'], memory: 16 * GB }), []);
});
