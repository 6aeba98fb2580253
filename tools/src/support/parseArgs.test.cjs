const assert = require('node:assert/strict');
const { test } = require('node:test');
const { parseArgs } = require('./parseArgs.cjs');

const known = { flags: ['on'], values: ['one'], lists: ['many'] };

for (const [args, wanted] of [
  [[], { rest: [], many: [] }],
  [['--on', 'a', 'b'], { on: true, rest: ['a', 'b'], many: [] }],
  [['--one', '1'], { one: '1', rest: [], many: [] }],
  [['--one=1=2'], { one: '1=2', rest: [], many: [] }],
  [['--many', 'a', '--many=b'], { many: ['a', 'b'], rest: [] }],
  [['--', '--on'], { rest: ['--on'], many: [] }],
]) {
  test(`${JSON.stringify(args)} is understood`, () => {
    assert.deepEqual(parseArgs({ args, ...known }), wanted);
  });
}

for (const [args, message] of [
  [['--other'], /Unknown option --other/],
  [['--on=1'], /--on takes no value/],
  [['--one'], /--one needs a value/],
  [['--one', '--on'], /--one needs a value/],
  [['--one='], /--one needs a value/],
]) {
  test(`${JSON.stringify(args)} is refused`, () => {
    assert.throws(() => parseArgs({ args, ...known }), message);
  });
}
