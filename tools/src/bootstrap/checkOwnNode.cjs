const fs = require('node:fs');
const path = require('node:path');
const { Problem } = require('../support/Problem.cjs');
const { checkNodeVersion } = require('./nodeRules.cjs');

/**
 * `yarn start` and `yarn test` run in the Node that yarn runs in, and set nothing
 * up. Another Node than the portal's fails deep inside of it, with a stack trace.
 */
function checkOwnNode({ paths, version = process.versions.node }) {
  const { ok, reason } = checkNodeVersion(version);
  if (ok) {
    return;
  }
  const bin = path.join(paths.node, 'bin');
  throw new Problem({
    what: `${reason}; Node 22 (22.12 or newer) is needed`,
    todo: fs.existsSync(bin)
      ? `Put the one of this checkout first: export PATH="${bin}:$PATH"`
      : 'Use npm start or npm test, which fetch the right one, or install it.',
  });
}

module.exports = { checkOwnNode };
