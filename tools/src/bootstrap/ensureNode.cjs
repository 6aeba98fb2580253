const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Problem } = require('../support/Problem.cjs');
const { runLogged } = require('../support/runLogged.cjs');
const { checkNpm } = require('./checkMachine.cjs');
const { explainFailure } = require('./explainFailure.cjs');
const { checkNodeVersion, nodePackageFor } = require('./nodeRules.cjs');

/**
 * Finds a Node that runs the portal, without fetching one: the one we run in,
 * or the one unpacked earlier. Answers `{ bin, root, version }`.
 */
function findNode({ paths }) {
  if (checkNodeVersion(process.versions.node).ok) {
    return {
      bin: process.execPath,
      root: path.resolve(path.dirname(process.execPath), '..'),
      version: process.versions.node,
    };
  }
  const bin = path.join(paths.node, 'bin', 'node');
  const version = versionOf(bin);
  if (version && checkNodeVersion(version).ok) {
    return { bin, root: paths.node, version };
  }
  return undefined;
}

/** Unpacks the right Node from npm into the git-ignored toolchain folder. */
async function fetchNode({ paths, supervisor, env }) {
  checkNpm({ env });
  const { platform, arch } = process;
  const spec = nodePackageFor({ platform, arch });
  if (!spec) {
    throw new Problem({
      what: `There is no ready Node 22 for ${platform} on ${arch}`,
      todo: 'Install Node 22 (22.12 or newer) yourself and run the same command again.',
    });
  }
  // Unpacked aside and renamed, so that an interruption leaves no half a Node.
  const aside = path.join(paths.toolchain, `node-${process.pid}`);
  const log = path.join(paths.logs, 'node.log');
  fs.rmSync(aside, { recursive: true, force: true });
  fs.mkdirSync(aside, { recursive: true });
  try {
    const packed = await runLogged({
      supervisor,
      command: 'npm',
      args: ['pack', spec, '--loglevel=error', '--fetch-retries=1'],
      cwd: aside,
      env,
      log,
    });
    const tarball = fs.readdirSync(aside).find(name => name.endsWith('.tgz'));
    if (packed.code !== 0 || !tarball) {
      throw explainFailure({ doing: `Fetching ${spec}`, ...packed });
    }
    const unpacked = await runLogged({
      supervisor,
      command: 'tar',
      args: ['-xzf', tarball],
      cwd: aside,
      env,
      log: path.join(paths.logs, 'node-tar.log'),
    });
    if (unpacked.code !== 0) {
      throw explainFailure({ doing: `Unpacking ${spec}`, ...unpacked });
    }
    fs.chmodSync(path.join(aside, 'package', 'bin', 'node'), 0o755);
    fs.rmSync(paths.node, { recursive: true, force: true });
    fs.renameSync(path.join(aside, 'package'), paths.node);
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
  const found = findNode({ paths });
  if (!found) {
    throw new Problem({
      what: `The Node of ${spec} does not run on this machine`,
      todo: 'Install Node 22 (22.12 or newer) yourself and run the same command again.',
    });
  }
  return found;
}

function versionOf(bin) {
  try {
    return execFileSync(bin, ['-p', 'process.versions.node'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

module.exports = { findNode, fetchNode };
