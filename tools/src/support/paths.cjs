const path = require('node:path');

/**
 * The folders of one checkout; `root` is a parameter so that tests use their own.
 * `DAY2_STATE_DIR` puts what the portal and the sandbox keep elsewhere.
 */
function pathsOf(root = path.resolve(__dirname, '../../..'), env = {}) {
  const toolchain = path.join(root, '.toolchain');
  const state = env.DAY2_STATE_DIR
    ? path.resolve(env.DAY2_STATE_DIR)
    : path.join(root, '.day2');
  return {
    root,
    toolchain,
    node: path.join(toolchain, 'node'),
    monitoring: path.join(toolchain, 'monitoring'),
    logs: path.join(toolchain, 'logs'),
    modules: path.join(root, 'node_modules'),
    bin: path.join(root, 'node_modules', '.bin'),
    stamp: path.join(root, 'node_modules', '.day2-install.json'),
    yarn: path.join(root, '.yarn', 'releases', 'yarn-4.13.0.cjs'),
    state,
    token: path.join(state, 'token'),
    startLog: path.join(state, 'start.log'),
    gitops: path.join(state, 'gitops'),
  };
}

module.exports = { pathsOf };
