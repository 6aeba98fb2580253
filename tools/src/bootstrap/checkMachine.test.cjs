const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { describe, test } = require('node:test');
const { checkMachine, checkNpm, isOlder } = require('./checkMachine.cjs');

/** A PATH with nothing on it but programs that print one line. */
function pathWith(t, programs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-path-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  for (const [name, line] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\necho "${line}"\n`, {
      mode: 0o755,
    });
  }
  return { PATH: folder };
}

describe('checkMachine', () => {
  test('Windows is refused, pointing to WSL', () => {
    assert.throws(
      () => checkMachine({ platform: 'win32' }),
      error =>
        /not a supported/.test(error.message) &&
        /WSL|Subsystem/.test(error.todo[0]),
    );
  });

  for (const [platform, advice] of [
    ['linux', /apt-get install git/],
    ['darwin', /xcode-select --install/],
  ]) {
    test(`missing git on ${platform} says how to get it`, t => {
      assert.throws(
        () => checkMachine({ platform, env: pathWith(t, {}) }),
        error =>
          /git is not installed/.test(error.message) &&
          advice.test(error.todo[0]),
      );
    });
  }

  test('an old git is refused with its version', t => {
    const env = pathWith(t, { git: 'git version 2.11.0' });
    assert.throws(() => checkMachine({ platform: 'linux', env }), /2\.11\.0/);
  });

  test('a new git passes', t => {
    const env = pathWith(t, { git: 'git version 2.39.5 (Apple Git-154)' });
    checkMachine({ platform: 'linux', env });
  });
});

test('missing npm says how to get it', t => {
  assert.throws(
    () => checkNpm({ env: pathWith(t, {}) }),
    /npm is not installed/,
  );
  checkNpm({ env: pathWith(t, { npm: '10.8.2' }) });
});

for (const [version, oldest, wanted] of [
  ['2.20', [2, 20], false],
  ['2.19.9', [2, 20], true],
  ['3.0', [2, 20], false],
  ['1.99', [2, 20], true],
  ['2', [2, 20], true],
]) {
  test(`${version} is ${wanted ? '' : 'not '}older than ${oldest.join(
    '.',
  )}`, () => {
    assert.equal(isOlder(version, oldest), wanted);
  });
}
