const fs = require('node:fs');
const path = require('node:path');
const { runForeground } = require('../support/runForeground.cjs');

/**
 * Runs files with node:test and takes their counts; used for the tools and for e2e.
 * What they say goes to `out`, where it is given.
 */
async function runNodeTest(options) {
  const { runner, files, paths, supervisor, node, env, tally, out } = options;
  const counts = path.join(paths.logs, `${runner}.json`);
  fs.mkdirSync(paths.logs, { recursive: true });
  fs.rmSync(counts, { force: true });
  const code = await runForeground({
    supervisor,
    command: node.bin,
    args: [
      ...(options.nodeArgs ?? []),
      '--test',
      `--test-concurrency=${options.concurrency ?? 1}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${path.join(__dirname, 'countReporter.cjs')}`,
      `--test-reporter-destination=${counts}`,
      ...files,
    ],
    cwd: paths.root,
    env,
    out,
  });
  let parsed;
  try {
    parsed = JSON.parse(fs.readFileSync(counts, 'utf8'));
  } catch {
    tally.crash({
      runner,
      reason: `ended with exit code ${code} without a report`,
    });
    return;
  }
  tally.add({ runner, ...parsed, code });
}

module.exports = { runNodeTest };
