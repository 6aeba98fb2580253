const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { checkOwnNode } = require('./checkOwnNode.cjs');

function problemOf(options) {
  try {
    checkOwnNode(options);
    return undefined;
  } catch (error) {
    return error;
  }
}

test('another Node than the portal’s is refused with what to do', t => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-own-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  const paths = pathsOf(root);
  const before = problemOf({ paths, version: '20.20.2' });
  assert.equal(before.name, 'Problem');
  assert.match(before.message, /Node 20\.20\.2 is neither 22 nor 24/);
  assert.match(before.todo[0], /npm start/);

  const bin = path.join(paths.node, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  const { todo } = problemOf({ paths, version: '24.20.0' });
  assert.deepEqual(todo, [
    `Put the one of this checkout first: export PATH="${bin}:$PATH"`,
  ]);
});

test('the portal’s is let through', () => {
  const paths = pathsOf('/checkout');
  assert.equal(problemOf({ paths, version: '22.12.0' }), undefined);
});
