const path = require('node:path');
const { runLogged } = require('../support/runLogged.cjs');

/**
 * Builds the portal's app as the tests in Chromium have it. Answers the exit code,
 * all it said, and how long it took in milliseconds.
 */
async function buildApp({ paths, supervisor, env }) {
  const began = Date.now();
  const { code, output } = await runLogged({
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
  return { code, output, took: Date.now() - began };
}

module.exports = { buildApp };
