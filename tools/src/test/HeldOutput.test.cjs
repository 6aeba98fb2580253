const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
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

test('has all that is said in a file as it comes, anew each time', t => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-held-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  const log = path.join(root, 'logs', 'e2e.log');
  const read = () => fs.readFileSync(log, 'utf8');
  const held = new HeldOutput({ out: { write: () => {} }, log });
  held.write('a');
  held.write(Buffer.from('b'));
  assert.equal(read(), 'ab');
  held.release();
  held.write('c');
  assert.equal(read(), 'abc');
  const again = new HeldOutput({ out: { write: () => {} }, log });
  again.write('d');
  assert.equal(read(), 'd');
});
