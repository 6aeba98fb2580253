const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { runForeground } = require('../support/runForeground.cjs');
const { jestCounts } = require('./jestCounts.cjs');

/**
 * One more than processors: tests of leases, of Git and of databases wait for
 * others as long as they work. What runs beside them has the time they wait.
 */
function workers({ isAlone }) {
  return os.availableParallelism() + (isAlone ? 1 : 0);
}

/** All packages' unit tests, through Backstage's own runner. */
async function runJest(options) {
  const { paths, supervisor, env, tally, patterns, isAlone } = options;
  const report = path.join(paths.logs, 'jest.json');
  fs.mkdirSync(paths.logs, { recursive: true });
  fs.rmSync(report, { force: true });
  const code = await runForeground({
    supervisor,
    command: path.join(paths.bin, 'backstage-cli'),
    args: [
      'repo',
      'test',
      '--watchAll=false',
      '--passWithNoTests',
      `--maxWorkers=${workers({ isAlone })}`,
      '--json',
      `--outputFile=${report}`,
      `--testSequencer=${path.join(__dirname, 'LongestFirst.cjs')}`,
      ...patterns,
    ],
    cwd: paths.root,
    env,
  });
  let counts;
  try {
    counts = jestCounts(JSON.parse(fs.readFileSync(report, 'utf8')));
  } catch {
    // With no test files at all Jest passes and writes nothing.
    counts = code === 0 ? {} : undefined;
  }
  if (!counts) {
    tally.crash({
      runner: 'jest',
      reason: `ended with exit code ${code} without a report`,
    });
    return;
  }
  tally.add({ runner: 'jest', ...counts, code });
}

module.exports = { runJest };
