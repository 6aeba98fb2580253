const assert = require('node:assert/strict');
const os = require('node:os');
const { test } = require('node:test');
const { checkDisk, freeBytes } = require('./checkDisk.cjs');

const GIB = 1024 ** 3;

test('too little space stops, saying how much there is and is needed', () => {
  assert.throws(
    () => checkDisk({ folder: '/somewhere', gib: 5, free: 1.5 * GIB }),
    /1\.5 GB are free in \/somewhere; about 5 GB are needed/,
  );
});

test('enough space passes', () => {
  checkDisk({ folder: '/somewhere', gib: 5, free: 5 * GIB });
});

test('the machine is asked', () => {
  assert.ok(freeBytes(os.tmpdir()) > 0);
});
