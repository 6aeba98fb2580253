const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { runLogged } = require('../support/runLogged.cjs');
const { relocateAlertmanager } = require('./relocateAlertmanager.cjs');

/** What each program is called, here and there, and the package it comes from. */
const PROGRAMS = [
  { name: 'prometheus', names: ['prometheus'], from: 'prometheus' },
  { name: 'promtool', names: ['promtool'], from: 'prometheus' },
  {
    name: 'alertmanager',
    names: ['prometheus-alertmanager', 'alertmanager'],
    from: 'prometheus-alertmanager',
  },
];

/** A machine without a network is not to wait for long. */
const BRIEFLY = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1'];

const ADVICE =
  'put prometheus, promtool and alertmanager on PATH to have them anyway';

/**
 * Finds Prometheus and Alertmanager without fetching them: unpacked here before,
 * or on PATH. Answers the path of each by its name, or undefined.
 */
function findMonitoring({ paths, env }) {
  const found = PROGRAMS.map(({ name, names }) => {
    const candidates = [
      path.join(paths.monitoring, name),
      ...(env.PATH ?? '')
        .split(path.delimiter)
        .filter(Boolean)
        .flatMap(folder => names.map(each => path.join(folder, each))),
    ];
    return [name, candidates.find(isExecutable)];
  });
  return found.every(([, file]) => file)
    ? Object.fromEntries(found)
    : undefined;
}

/**
 * Finds Prometheus and Alertmanager, or unpacks Debian's packages into the
 * toolchain folder: apt-get downloads and verifies them, nothing is installed and
 * no root is needed. Answers `{ programs }`, or `{ reason }` where they are not to
 * be had: everything else goes on without them.
 */
async function ensureMonitoring({ paths, supervisor, env }) {
  const found = findMonitoring({ paths, env });
  if (found) {
    return { programs: found };
  }
  if (!runs('apt-get', env) || !runs('dpkg-deb', env)) {
    return {
      reason: `this machine has no apt-get to fetch them with; ${ADVICE}`,
    };
  }
  // Unpacked aside and renamed, so that an interruption leaves no half of them.
  const aside = path.join(paths.toolchain, `monitoring-${process.pid}`);
  const run = (name, command, args) =>
    runLogged({
      supervisor,
      command,
      args,
      cwd: aside,
      env: { ...env, LC_ALL: 'C' },
      log: path.join(paths.logs, `monitoring-${name}.log`),
    });
  fs.rmSync(aside, { recursive: true, force: true });
  fs.mkdirSync(path.join(aside, 'bin'), { recursive: true });
  try {
    const failed = await fetchPackages({ aside, run });
    if (failed) {
      return { reason: `apt-get failed (${failed.log}); ${ADVICE}` };
    }
    for (const name of fs.readdirSync(aside).filter(isPackage)) {
      const unpacked = await run('unpack', 'dpkg-deb', ['-x', name, 'all']);
      if (unpacked.code !== 0) {
        return { reason: `dpkg-deb failed (${unpacked.log}); ${ADVICE}` };
      }
    }
    for (const { name, names } of PROGRAMS) {
      const file = path.join(aside, 'all', 'usr', 'bin', names[0]);
      if (!isExecutable(file) || !runs(file, env)) {
        return { reason: `Debian’s ${name} does not run here; ${ADVICE}` };
      }
      if (name === 'alertmanager') {
        relocateAlertmanager({
          program: file,
          templates: path.join(
            ...[aside, 'all', 'usr', 'share', 'prometheus', 'alertmanager'],
          ),
          folder: path.join(aside, 'bin'),
        });
      } else {
        fs.renameSync(file, path.join(aside, 'bin', name));
      }
    }
    fs.rmSync(paths.monitoring, { recursive: true, force: true });
    fs.renameSync(path.join(aside, 'bin'), paths.monitoring);
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
  return { programs: findMonitoring({ paths, env }) };
}

/** Downloads the packages; where apt knows none yet, after reading its lists anew. */
async function fetchPackages({ aside, run }) {
  const packages = [...new Set(PROGRAMS.map(({ from }) => from))];
  const first = await run('download', 'apt-get', [
    ...BRIEFLY,
    'download',
    ...packages,
  ]);
  if (first.code === 0) {
    return undefined;
  }
  // Lists of our own: those of the machine are root's.
  const state = path.join(aside, 'apt');
  fs.mkdirSync(path.join(state, 'lists', 'partial'), { recursive: true });
  fs.mkdirSync(path.join(state, 'cache'), { recursive: true });
  const own = [
    ...BRIEFLY,
    '-o',
    `Dir::State::Lists=${path.join(state, 'lists')}`,
    '-o',
    `Dir::Cache=${path.join(state, 'cache')}`,
  ];
  const update = await run('update', 'apt-get', [...own, 'update', '-q']);
  if (update.code !== 0) {
    return update;
  }
  const again = await run('download', 'apt-get', [
    ...own,
    'download',
    ...packages,
  ]);
  return again.code === 0 ? undefined : again;
}

function isPackage(name) {
  return name.endsWith('.deb');
}

function runs(command, env) {
  try {
    execFileSync(command, ['--version'], { env, stdio: 'ignore' });
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

module.exports = { ensureMonitoring, findMonitoring };
