const assert = require('node:assert/strict');
const { test } = require('node:test');
const { HeldOutput } = require('./HeldOutput.cjs');

test('keeps what is said until the terminal is free, in order, and says it once', () => {
  const said = [];
  const held = new HeldOutput({ out: { write: text => said.push(text) } });
  held.write('a');
  held.write('b');
  assert.deepEqual(said, []);
  held.release();
  assert.deepEqual(said, ['a', 'b']);
  held.write('c');
  held.release();
  assert.deepEqual(said, ['a', 'b', 'c']);
});
