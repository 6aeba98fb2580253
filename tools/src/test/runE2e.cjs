const path = require('node:path');
const { duration } = require('../support/duration.cjs');
const { ensureChromium } = require('./findChromium.cjs');
const { findFiles } = require('./findFiles.cjs');
const { runNodeTest } = require('./runNodeTest.cjs');

const LONGEST_FIRST = ['operations', 'world', 'sync'];

/** So that none of the long ones is left alone at the end. */
function rankOf(file) {
  const rank = LONGEST_FIRST.indexOf(path.basename(file, '.e2e.ts'));
  return rank < 0 ? LONGEST_FIRST.length : rank;
}

/**
 * The tests in Chromium, against the portal that `app` builds. Without a browser each
 * file is skipped by name. What they say goes to `out`, where it is given.
 */
async function runE2e(options) {
  const { paths, supervisor, node, env, tally, patterns, app, out } = options;
  const say = text => (out ?? process.stdout).write(`${text}\n`);
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
  const built = await app();
  if (built.code !== 0) {
    say(built.output.trimEnd());
    tally.crash({ runner: 'e2e', reason: 'the portal’s app does not build' });
    return;
  }
  say(`The portal’s app is built (${duration(built.took)})`);
  await runNodeTest({
    runner: 'e2e',
    files: files.sort((a, b) => rankOf(a) - rankOf(b)),
    // Each has a portal, a sandbox and ports of its own, and waits for them.
    concurrency: 2,
    paths,
    supervisor,
    node,
    tally,
    out,
    nodeArgs: ['--require', path.join(paths.root, 'tools', 'run-ts.cjs')],
    env: { ...env, CHROMIUM_PATH: chromium.path },
  });
}

module.exports = { runE2e };
