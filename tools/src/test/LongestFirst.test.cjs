const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { LONGEST } = require('./longest.cjs');
const LongestFirst = require('./LongestFirst.cjs');

const { root } = pathsOf();

test('every file known to take long is there', () => {
  const gone = LONGEST.filter(name => !fs.existsSync(path.join(root, name)));
  assert.deepEqual(gone, []);
});

test('files known to take long begin, the others follow as Jest would have them', async t => {
  const folder = fs.mkdtempSync(path.join(root, 'node_modules', '.day2-jest-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const config = { cacheDirectory: folder, id: 'one' };
  const context = {
    config,
    hasteFS: { getSize: name => Number(/(\d+)\.test/.exec(name)?.[1] ?? 1) },
  };
  const names = [
    'a/small-3.test.ts',
    LONGEST[1],
    'a/large-90.test.ts',
    LONGEST[0],
    'a/middle-30.test.ts',
  ];
  const sequencer = new LongestFirst({ contexts: [context], globalConfig: {} });
  const sorted = await sequencer.sort(
    names.map(name => ({ path: `/somewhere/${name}`, context })),
  );
  assert.deepEqual(
    sorted.map(each => each.path.slice('/somewhere/'.length)),
    [
      LONGEST[0],
      LONGEST[1],
      'a/large-90.test.ts',
      'a/middle-30.test.ts',
      'a/small-3.test.ts',
    ],
  );
});
