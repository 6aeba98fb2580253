const assert = require('node:assert/strict');
const { PassThrough } = require('node:stream');
const { once } = require('node:events');
const { test } = require('node:test');
const { Progress } = require('./Progress.cjs');
const { duration } = require('./duration.cjs');
const { isYarn } = require('./isYarn.cjs');
const { prefixLines } = require('./prefixLines.cjs');

for (const [ms, wanted] of [
  [850, '850 ms'],
  [12_340, '12.3 s'],
  [125_000, '2 min 5 s'],
]) {
  test(`${ms} ms is ${wanted}`, () => assert.equal(duration(ms), wanted));
}

for (const [agent, wanted] of [
  ['yarn/4.13.0 npm/? node/v22.23.3 linux x64', true],
  ['npm/10.8.2 node/v20.20.2 linux x64 workspaces/false', false],
  [undefined, false],
]) {
  test(`${agent} is ${wanted ? '' : 'not '}yarn`, () => {
    assert.equal(isYarn({ npm_config_user_agent: agent }), wanted);
  });
}

test('lines split over chunks get one prefix each', async () => {
  const stream = new PassThrough();
  let out = '';
  prefixLines({ stream, prefix: '[a] ', write: text => (out += text) });
  stream.write('one\ntw');
  stream.write('o\nlast');
  stream.end();
  await once(stream, 'end');
  assert.equal(out, '[a] one\n[a] two\n[a] last\n');
});

test('a step says its number, its end and its failure', async () => {
  let text = '';
  const progress = new Progress({ total: 2, out: { write: s => (text += s) } });
  await progress.step('First', async () => {});
  await assert.rejects(
    progress.step('Second', async () => {
      throw new Error('no');
    }),
    /no/,
  );
  assert.match(text, /\[1\/2\] First: done \(/);
  assert.match(text, /\[2\/2\] Second: failed \(/);
});
