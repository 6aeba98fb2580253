const assert = require('node:assert/strict');
const { test } = require('node:test');
const { explainFailure } = require('./explainFailure.cjs');

for (const [output, message, advice] of [
  ['npm error code ENOSPC', /disk is full/, /Free some space/],
  [
    'RequestError: getaddrinfo ENOTFOUND registry.example',
    /cannot be reached/,
    /network/,
  ],
  ['npm error network request failed', /cannot be reached/, /network/],
  [
    'Error: self-signed certificate in chain',
    /certificate/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  ['npm error code E401', /refuses access/, /npm login/],
  [
    'The lockfile would have been modified by this install',
    /does not fit/,
    /install/,
  ],
  ['EACCES: permission denied, mkdir', /may not be written/, /owns/],
]) {
  test(`"${output}" is put into words`, () => {
    const problem = explainFailure({ doing: 'Installing', output, log: '/l' });
    assert.match(problem.message, message);
    assert.match(problem.todo.join('\n'), advice);
    assert.match(problem.todo.at(-1), /\/l$/);
  });
}

for (const [platform, advice] of [
  ['linux', /python3 make g\+\+/],
  ['darwin', /xcode-select --install/],
]) {
  test(`a native build that fails on ${platform} names the addon and the tools`, () => {
    const problem = explainFailure({
      doing: 'Installing',
      platform,
      output: [
        "keytar@npm:7.9.0 couldn't be built successfully",
        'prebuild-install warn ENOTFOUND',
        "better-sqlite3@npm:12.11.1 couldn't be built successfully (exit code 1)",
      ].join('\n'),
    });
    assert.match(problem.message, /native code of better-sqlite3 could/);
    assert.match(problem.todo[0], advice);
  });
}

test('an optional addon is not blamed for another failure', () => {
  const problem = explainFailure({
    doing: 'Installing',
    output: "keytar@npm:7.9.0 couldn't be built successfully\nENOSPC",
  });
  assert.match(problem.message, /disk is full/);
});

test('what is unknown says where the log is', () => {
  const problem = explainFailure({
    doing: 'Installing',
    output: '?',
    log: '/l',
  });
  assert.equal(problem.message, 'Installing failed');
  assert.deepEqual(problem.todo, ['All that was said is in /l']);
});
