const { execFileSync } = require('node:child_process');
const { Progress } = require('../support/Progress.cjs');
const { duration } = require('../support/duration.cjs');
const { checkDisk } = require('./checkDisk.cjs');
const { checkMachine } = require('./checkMachine.cjs');
const { checkRegistry } = require('./checkRegistry.cjs');
const { childEnv } = require('./childEnv.cjs');
const { install, isInstalled } = require('./ensureInstalled.cjs');
const { fetchNode, findNode } = require('./ensureNode.cjs');
const { installHash } = require('./installHash.cjs');

const INSTALL_GIB = 5;

/**
 * Makes the machine ready: the right Node, the locked installation. Answers the
 * Node to use and the environment for all children. When nothing is to be done
 * it takes a fraction of a second.
 */
async function bootstrap({ paths, supervisor, env = process.env }) {
  const began = Date.now();
  checkMachine({ env });
  let node = findNode({ paths });
  const ready =
    node &&
    isInstalled({
      paths,
      hash: installHash({ root: paths.root, nodeVersion: node.version }),
    });
  if (ready) {
    console.log(
      `Node ${node.version} and the packages are ready (${duration(
        Date.now() - began,
      )})`,
    );
    return { node, env: childEnv({ env, node, paths }) };
  }
  checkDisk({ folder: paths.root, gib: INSTALL_GIB });
  const progress = new Progress({ total: node ? 2 : 3 });
  console.log(`Setting up; details go to ${paths.logs}`);
  await progress.step('Asking the package registry', () =>
    checkRegistry({ paths, supervisor, env }),
  );
  if (!node) {
    node = await progress.step(
      `Fetching Node 22 (this machine’s is ${process.versions.node})`,
      () => fetchNode({ paths, supervisor, env }),
    );
  }
  const registry = npmConfig('registry', env);
  const authorities = npmConfig('cafile', env);
  const forChildren = childEnv({ env, node, paths, registry, authorities });
  await progress.step(
    'Installing the packages as locked (a few minutes the first time)',
    () =>
      install({
        paths,
        supervisor,
        node,
        env: forChildren,
        hash: installHash({ root: paths.root, nodeVersion: node.version }),
      }),
  );
  return { node, env: forChildren };
}

/** What npm is configured with; yarn and the fetched Node are made to follow it. */
function npmConfig(key, env) {
  try {
    const value = execFileSync('npm', ['config', 'get', key], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    // npm prints these words for what is not set.
    return ['null', 'undefined', ''].includes(value) ? undefined : value;
  } catch {
    return undefined; // no npm: yarn's own default serves
  }
}

module.exports = { bootstrap };
