const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { runForeground } = require('../support/runForeground.cjs');
const { jestCounts } = require('./jestCounts.cjs');

/**
 * One more than processors: tests of leases, of Git and of databases wait for
 * others as long as they work.
 */
function workers() {
  return os.availableParallelism() + 1;
}

/** All packages' unit tests, through Backstage's own runner. */
async function runJest({ paths, supervisor, env, tally, patterns }) {
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
      `--maxWorkers=${workers()}`,
      '--json',
      `--outputFile=${report}`,
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
