const path = require('node:path');
const { duration } = require('../support/duration.cjs');
const { runLogged } = require('../support/runLogged.cjs');
const { ensureChromium } = require('./findChromium.cjs');
const { findFiles } = require('./findFiles.cjs');
const { runNodeTest } = require('./runNodeTest.cjs');

/** The tests in Chromium, against the built portal. Without a browser each file is skipped by name. */
async function runE2e(options) {
  const { paths, supervisor, node, env, tally, patterns } = options;
  const files = findFiles({
    folder: path.join(paths.root, 'e2e'),
    ending: '.e2e.ts',
    patterns,
    root: paths.root,
  });
  if (files.length === 0) {
    return;
  }
  const chromium = await ensureChromium({ env, paths, supervisor });
  if (!chromium.path) {
    tally.add({
      runner: 'e2e',
      skipped: files.map(
        file => `${path.relative(paths.root, file)} (${chromium.reason})`,
      ),
    });
    return;
  }
  const began = Date.now();
  const built = await runLogged({
    supervisor,
    command: path.join(paths.bin, 'backstage-cli'),
    args: [
      'package',
      'build',
      ...['app-config.yaml', 'app-config.e2e.yaml'].flatMap(name => [
        '--config',
        path.join(paths.root, name),
      ]),
    ],
    cwd: path.join(paths.root, 'examples', 'portal', 'app'),
    env,
    log: path.join(paths.logs, 'build-app.log'),
  });
  if (built.code !== 0) {
    process.stdout.write(`${built.output.trimEnd()}\n`);
    tally.crash({ runner: 'e2e', reason: 'the portal’s app does not build' });
    return;
  }
  console.log(`The portal’s app is built (${duration(Date.now() - began)})`);
  await runNodeTest({
    runner: 'e2e',
    // The last by name takes as long as all others.
    files: files.reverse(),
    // Each has a portal, a sandbox and ports of its own, and waits for them.
    concurrency: 2,
    paths,
    supervisor,
    node,
    tally,
    nodeArgs: ['--require', path.join(paths.root, 'tools', 'run-ts.cjs')],
    env: { ...env, CHROMIUM_PATH: chromium.path },
  });
}

module.exports = { runE2e };
