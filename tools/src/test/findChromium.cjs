const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { runLogged } = require('../support/runLogged.cjs');

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium of this machine, or undefined. CHROMIUM_PATH goes first. */
function findChromium({ env, platform = process.platform }) {
  if (env.CHROMIUM_PATH) {
    return env.CHROMIUM_PATH;
  }
  const candidates =
    platform === 'darwin'
      ? MAC_APPS
      : (env.PATH ?? '')
          .split(path.delimiter)
          .flatMap(folder => NAMES.map(name => path.join(folder, name)));
  return candidates.find(isExecutable);
}

/**
 * Finds Chromium, installing Debian's where we are root. Answers `{ path }`, or
 * `{ reason }` where the tests that need it have to be skipped.
 */
async function ensureChromium({ env, paths, supervisor }) {
  const found = findChromium({ env });
  if (found) {
    return isExecutable(found)
      ? { path: found }
      : { reason: `CHROMIUM_PATH=${found} is not a program` };
  }
  if (process.platform === 'darwin') {
    return {
      reason: 'no Chrome in /Applications; install it or set CHROMIUM_PATH',
    };
  }
  const advice = 'install it (apt-get install chromium) or set CHROMIUM_PATH';
  if (process.getuid() !== 0 || !hasApt()) {
    return { reason: `no Chromium on this machine; ${advice}` };
  }
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
  ]) {
    const { code, log } = await runLogged({
      supervisor,
      command: 'apt-get',
      args,
      cwd: paths.root,
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      log: path.join(paths.logs, `apt-${args[0]}.log`),
    });
    if (code !== 0) {
      return { reason: `apt-get ${args[0]} failed (${log}); ${advice}` };
    }
  }
  const installed = findChromium({ env });
  return installed
    ? { path: installed }
    : { reason: `apt-get installed no Chromium; ${advice}` };
}

function hasApt() {
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { ensureChromium, findChromium };
