const { execFileSync } = require('node:child_process');
const { Problem } = require('../support/Problem.cjs');
const { OLDEST_FOR_BOOTSTRAP } = require('./nodeRules.cjs');

/** What the git source asks for, too (its checkGit.ts): GIT_CONFIG_GLOBAL came with it. */
const OLDEST_GIT = [2, 32];

/** What can be said at once: platform, bootstrap Node, git and npm. */
function checkMachine({ platform = process.platform, env = process.env } = {}) {
  if (platform !== 'linux' && platform !== 'darwin') {
    throw new Problem({
      what: `${platform} is not a supported platform`,
      todo: 'Use Linux, macOS, or on Windows the Windows Subsystem for Linux.',
    });
  }
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_FOR_BOOTSTRAP) {
    throw new Problem({
      what: `Node ${process.versions.node} is too old even for the set-up`,
      todo: `Install any Node from ${OLDEST_FOR_BOOTSTRAP} on; the right one is fetched by itself.`,
    });
  }
  checkGit({ platform, env });
}

function checkGit({ platform, env }) {
  const version = versionOf('git', env);
  const install =
    platform === 'darwin'
      ? 'Run: xcode-select --install'
      : 'On Debian or Ubuntu: apt-get install git';
  if (version === undefined) {
    throw new Problem({ what: 'git is not installed', todo: install });
  }
  if (isOlder(version, OLDEST_GIT)) {
    throw new Problem({
      what: `git ${version} is too old: ${OLDEST_GIT.join('.')} is needed`,
      todo: install,
    });
  }
}

/** npm is asked for only where something is to be fetched with it. */
function checkNpm({ env = process.env } = {}) {
  if (versionOf('npm', env) === undefined) {
    throw new Problem({
      what: 'npm is not installed',
      todo: 'Install npm (it comes with Node from nodejs.org; on Debian: apt-get install npm).',
    });
  }
}

function versionOf(command, env) {
  try {
    const out = execFileSync(command, ['--version'], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\d+(\.\d+)+/.exec(out)?.[0];
  } catch {
    return undefined;
  }
}

function isOlder(version, oldest) {
  const parts = version.split('.').map(Number);
  for (const [i, wanted] of oldest.entries()) {
    const part = parts[i] ?? 0;
    if (part !== wanted) {
      return part < wanted;
    }
  }
  return false;
}

module.exports = { checkMachine, checkNpm, isOlder };
