const { checkOwnNode } = require('../bootstrap/checkOwnNode.cjs');
const { ensureToken } = require('./ensureToken.cjs');
const { portalConfig, portalEnv } = require('./portalConfig.cjs');
const { portsOf } = require('./portsOf.cjs');

/**
 * Arguments and environment of `yarn start`: what it is in any Backstage
 * repository, with the configuration of this portal. Nothing is set up, and the
 * sandbox's sources say that they cannot be reached. A caller's own `--config`
 * replaces ours; a caller's own packages replace app and backend.
 */
function portalAlone({ args, env, paths }) {
  checkOwnNode({ paths });
  const isConfig = arg => arg === '--config' || arg.startsWith('--config=');
  const configs = args.some(isConfig)
    ? []
    : portalConfig({ root: paths.root, sandbox: true });
  const named = args.some(
    (arg, i) => !arg.startsWith('-') && !args[i - 1]?.startsWith('--'),
  );
  return {
    args: [
      'repo',
      'start',
      ...(named ? [] : ['app', 'backend']),
      ...args,
      ...configs.flatMap(file => ['--config', file]),
    ],
    env: portalEnv({
      env,
      paths,
      ports: portsOf(env),
      token: ensureToken({ paths }),
    }),
  };
}

module.exports = { portalAlone };
