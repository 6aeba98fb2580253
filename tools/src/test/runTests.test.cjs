const assert = require('node:assert/strict');
const { setImmediate } = require('node:timers/promises');
const { test } = require('node:test');
const { runTests } = require('./runTests.cjs');

/** Notes how the parts begin and end, and runs none of them. */
async function order({ parts, memory }) {
  const noted = [];
  await runTests({
    common: {},
    parts,
    memory,
    part: async (name, _work, out) => {
      noted.push(`${name} begins${out ? ', held' : ''}`);
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
