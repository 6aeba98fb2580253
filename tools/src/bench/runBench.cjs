const path = require('node:path');
const { bootstrap } = require('../bootstrap/bootstrap.cjs');
const { runForeground } = require('../support/runForeground.cjs');
const { findFiles } = require('../test/findFiles.cjs');
const { TestPostgres } = require('../test/TestPostgres.cjs');

/**
 * Runs each `plugins/<name>/bench/*.ts` as a program of its own, with the
 * connection string of a fresh PostgreSQL in the variable the tests use too.
 * A program prints its figures, and exits non-zero when a limit is missed.
 */
async function runBench({ patterns, env, paths, supervisor }) {
  const files = findFiles({
    folder: path.join(paths.root, 'plugins'),
    ending: '.ts',
    patterns,
    root: paths.root,
  }).filter(file => path.basename(path.dirname(file)) === 'bench');
  if (files.length === 0) {
    console.log('There are no benchmarks with that name');
    return 1;
  }
  const ready = await bootstrap({ paths, supervisor, env });
  const { postgres, url } = await TestPostgres.start({
    paths,
    supervisor,
    env: ready.env,
  });
  let worst = 0;
  try {
    for (const file of files) {
      console.log(`\n== ${path.relative(paths.root, file)}`);
      const code = await runForeground({
        supervisor,
        command: ready.node.bin,
        args: [path.join(paths.root, 'tools', 'run-ts.cjs'), file],
        cwd: paths.root,
        env: {
          ...ready.env,
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: url,
        },
      });
      worst = Math.max(worst, code);
    }
  } finally {
    await postgres.stop();
  }
  return worst;
}

module.exports = { runBench };
