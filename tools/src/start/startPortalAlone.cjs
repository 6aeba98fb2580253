const path = require('node:path');
const { ensureToken } = require('./ensureToken.cjs');
const { portalConfig, portalEnv } = require('./portalConfig.cjs');
const { portsOf } = require('./portsOf.cjs');
const { runForeground } = require('../support/runForeground.cjs');

/**
 * `yarn start`: what it is in any Backstage repository, with the configuration
 * of this portal. Nothing is set up, and the sandbox's sources say that they
 * cannot be reached.
 */
function startPortalAlone({ args, env, paths, supervisor }) {
  const configured = args.some(
    arg => arg === '--config' || arg.startsWith('--config='),
  );
  const named = args.some(arg => !arg.startsWith('-'));
  const configs = configured
    ? []
    : portalConfig({ root: paths.root, sandbox: true });
  return runForeground({
    supervisor,
    command: path.join(paths.bin, 'backstage-cli'),
    args: [
      'repo',
      'start',
      ...(named && !configured ? [] : ['app', 'backend']),
      ...args,
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: paths.root,
    env: portalEnv({
      env,
      paths,
      ports: portsOf(env),
      token: ensureToken({ paths }),
    }),
  });
}

module.exports = { startPortalAlone };
