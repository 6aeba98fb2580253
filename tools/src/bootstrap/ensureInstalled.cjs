const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { runLogged } = require('../support/runLogged.cjs');
const { explainFailure } = require('./explainFailure.cjs');

/** Whether the last finished installation was of exactly this state. */
function isInstalled({ paths, hash }) {
  return readStamp(paths)?.hash === hash;
}

/**
 * The locked installation. Addons are probed afterwards, because yarn does not
 * build them again for another Node when its own records say they are built.
 */
async function install({ paths, supervisor, node, env, hash }) {
  const yarn = (args, log) =>
    runLogged({
      supervisor,
      command: node.bin,
      args: [paths.yarn, ...args],
      cwd: paths.root,
      env,
      log: path.join(paths.logs, log),
    });
  const installed = await yarn(['install', '--immutable'], 'install.log');
  if (installed.code !== 0) {
    throw explainFailure({ doing: 'Installing the packages', ...installed });
  }
  if (!addonsLoad({ paths, node, env })) {
    const rebuilt = await yarn(['rebuild', 'better-sqlite3'], 'rebuild.log');
    if (rebuilt.code !== 0 || !addonsLoad({ paths, node, env })) {
      throw explainFailure({
        doing: 'Building the native addons',
        ...rebuilt,
        output: `better-sqlite3@npm couldn't be built successfully`,
      });
    }
  }
  fs.writeFileSync(paths.stamp, JSON.stringify({ hash, node: node.version }));
}

function addonsLoad({ paths, node, env }) {
  try {
    execFileSync(
      node.bin,
      ['-e', 'new (require("better-sqlite3"))(":memory:").close()'],
      { cwd: paths.root, env, stdio: 'ignore' },
    );
    return true;
  } catch {
    return false;
  }
}

function readStamp(paths) {
  try {
    return JSON.parse(fs.readFileSync(paths.stamp, 'utf8'));
  } catch {
    return undefined;
  }
}

module.exports = { isInstalled, install };
