const path = require('node:path');

/** The folders of one checkout; `root` is a parameter so that tests use their own. */
function pathsOf(root = path.resolve(__dirname, '../../..')) {
  const toolchain = path.join(root, '.toolchain');
  const state = path.join(root, '.day2');
  return {
    root,
    toolchain,
    node: path.join(toolchain, 'node'),
    logs: path.join(toolchain, 'logs'),
    modules: path.join(root, 'node_modules'),
    bin: path.join(root, 'node_modules', '.bin'),
    stamp: path.join(root, 'node_modules', '.day2-install.json'),
    yarn: path.join(root, '.yarn', 'releases', 'yarn-4.13.0.cjs'),
    state,
    token: path.join(state, 'token'),
    gitops: path.join(state, 'gitops'),
  };
}

module.exports = { pathsOf };
