const assert = require('node:assert/strict');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { describe, test } = require('node:test');
const { findChromium } = require('./findChromium.cjs');
const { findFiles } = require('./findFiles.cjs');
const { jestCounts } = require('./jestCounts.cjs');
const { Tally } = require('./Tally.cjs');
const { testOptions } = require('./testOptions.cjs');

describe('Tally', () => {
  test('sums over runners, and names failures and skips', () => {
    const tally = new Tally();
    tally.add({ runner: 'jest', passed: 10, skipped: ['later'] });
    tally.add({
      runner: 'e2e',
      passed: 2,
      failed: 1,
      failures: ['page'],
      code: 1,
    });
    assert.equal(tally.line(), '12 passed, 1 failed, 1 skipped');
    assert.equal(tally.ok, false);
    assert.deepEqual(tally.failures, ['e2e: page']);
    assert.deepEqual(tally.skipped, ['jest: later']);
  });

  test('a bad end without a named failure is a failure', () => {
    const tally = new Tally();
    tally.add({ runner: 'jest', passed: 10, code: 1 });
    assert.equal(tally.line(), '10 passed, 1 failed, 0 skipped');
  });

  test('a crash is a failure', () => {
    const tally = new Tally();
    tally.crash({ runner: 'jest', reason: 'no report' });
    assert.equal(tally.line(), '0 passed, 1 failed, 0 skipped');
  });

  test('all is well without failures', () => {
    const tally = new Tally();
    tally.add({ runner: 'static', passed: 1 });
    assert.equal(tally.ok, true);
  });
});

test('jest: failed, pending, todo and suites that do not load are told apart', () => {
  const counts = jestCounts({
    numPassedTests: 1,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      {
        name: 'x.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a' },
          { status: 'failed', fullName: 'b' },
          { status: 'pending', fullName: 'c' },
          { status: 'todo', fullName: 'd' },
        ],
      },
    ],
  });
  assert.deepEqual(counts, {
    passed: 1,
    failed: 2,
    skipped: ['c', 'd'],
    failures: ['broken.test.ts did not run', 'b'],
  });
});

describe('testOptions', () => {
  for (const [args, parts, patterns] of [
    [[], ['static', 'jest', 'e2e'], []],
    [['--only', 'jest'], ['jest'], []],
    [['Tally'], ['jest', 'e2e'], ['Tally']],
    [['--only=static'], ['static'], []],
  ]) {
    test(`${JSON.stringify(args)} runs ${parts}`, () => {
      const options = testOptions(args);
      assert.deepEqual(options.parts, parts);
      assert.deepEqual(options.patterns, patterns);
    });
  }

  test('an unknown part is refused', () => {
    assert.throws(() => testOptions(['--only', 'all']), /not a part/);
  });
});

describe('the reporter of node:test', () => {
  function run(t, source) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-reporter-'));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'x.test.cjs');
    fs.writeFileSync(file, source);
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const { stdout } = spawnSync(
      process.execPath,
      [
        '--test',
        `--test-reporter=${path.join(__dirname, 'countReporter.cjs')}`,
        '--test-reporter-destination=stdout',
        file,
      ],
      { encoding: 'utf8', env },
    );
    return JSON.parse(stdout);
  }

  test('counts tests, not suites, and names what is skipped', t => {
    const counts = run(
      t,
      `const { describe, test } = require('node:test');
       describe('s', () => {
         test('a', () => {});
         test('b', () => { throw new Error('no'); });
         test('c', { skip: 'no browser' }, () => {});
       });
       test('d', () => {});`,
    );
    assert.equal(counts.passed, 2);
    assert.equal(counts.failed, 1);
    assert.match(counts.failures[0], /b$/);
    assert.match(counts.skipped[0], /c \(no browser\)$/);
  });

  test('a hook that fails is a failure', t => {
    const counts = run(
      t,
      `const { before, describe, test } = require('node:test');
       describe('s', () => {
         before(() => { throw new Error('no'); });
         test('a', () => {});
       });`,
    );
    assert.equal(counts.passed, 0);
    assert.ok(counts.failed >= 1);
  });

  for (const [how, source] of [
    ['throws while loading', 'throw new Error("no")'],
    ['exits', 'process.exit(3)'],
    ['is no JavaScript', '}{'],
  ]) {
    test(`a file that ${how} is a failure`, t => {
      const counts = run(t, source);
      assert.equal(counts.passed, 0);
      assert.ok(counts.failed >= 1);
    });
  }
});

test('findFiles looks into folders and filters by path', t => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-find-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  fs.mkdirSync(path.join(root, 'e2e', 'deep', 'node_modules'), {
    recursive: true,
  });
  for (const file of [
    'a.e2e.ts',
    'deep/b.e2e.ts',
    'deep/c.ts',
    'deep/node_modules/d.e2e.ts',
  ]) {
    fs.writeFileSync(path.join(root, 'e2e', file), '');
  }
  const find = patterns =>
    findFiles({
      folder: path.join(root, 'e2e'),
      ending: '.e2e.ts',
      patterns,
      root,
    }).map(file => path.relative(root, file));
  assert.deepEqual(find([]), ['e2e/a.e2e.ts', 'e2e/deep/b.e2e.ts']);
  assert.deepEqual(find(['deep']), ['e2e/deep/b.e2e.ts']);
  assert.deepEqual(find(['nothing']), []);
});

test('Chromium: CHROMIUM_PATH first, then PATH, else none', () => {
  assert.equal(findChromium({ env: { CHROMIUM_PATH: '/x' } }), '/x');
  assert.equal(
    findChromium({ env: { PATH: '' }, platform: 'linux' }),
    undefined,
  );
});

test('.ci/run is executable and runs the README’s command only', () => {
  const file = path.resolve(__dirname, '../../../.ci/run');
  execFileSync('bash', ['-n', file]);
  fs.accessSync(file, fs.constants.X_OK);
  const commands = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'));
  assert.match(commands.at(-1), /^exec npm test/);
});
