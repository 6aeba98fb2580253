const assert = require('node:assert/strict');
const test = require('node:test');
const { watchBackend } = require('./watchBackend.cjs');

/** Plays the answers in turn, a second each, and gives what was said at which second. */
async function play(answers) {
  let second = 0;
  let end;
  const until = new Promise(resolve => {
    end = resolve;
  });
  const said = [];
  await watchBackend({
    url: 'http://localhost',
    log: 'start.log',
    until,
    say: text => said.push([second, text]),
    status: async () => {
      const answer = answers[second];
      second += 1;
      if (second > answers.length) {
        end();
      }
      return answer;
    },
    everyMs: 0,
    silentMs: 3_000,
    now: () => second * 1000,
  });
  return said;
}

test('a backend that answers is not spoken of', async () => {
  assert.deepEqual(await play([200, 200, 503, 200]), []);
});

test('a restart of some seconds is not spoken of', async () => {
  assert.deepEqual(await play([200, undefined, undefined, 200, 200]), []);
});

test('a backend that has ended is said once, and again when it is back', async () => {
  const said = await play([
    200,
    ...Array(5).fill(undefined),
    200,
    200,
    ...Array(3).fill(undefined),
  ]);
  assert.deepEqual(
    said.map(([second]) => second),
    [4, 7, 11],
  );
  assert.match(said[0][1], /not answered for 3 s.*Ctrl-C.*start\.log/);
  assert.match(said[1][1], /answers again/);
  assert.match(said[2][1], /not answered/);
});
