const { setTimeout: delay } = require('node:timers/promises');
const { report } = require('./report.cjs');
const { Supervisor } = require('./Supervisor.cjs');

const PARENT_POLL_MS = 500;
const TIDY_MS = 3000;
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a command of this repository: gives it a supervisor, ends all its
 * children on Ctrl-C, SIGTERM, SIGHUP, success and failure alike, and turns a
 * `Problem` into a readable message. `work` answers the exit code.
 */
async function main(work) {
  const supervisor = new Supervisor();
  let interrupted = false;
  let working;
  const stop = code => {
    if (interrupted) {
      // npm and the terminal may both deliver the same Ctrl-C.
      return;
    }
    interrupted = true;
    process.stderr.write('\nStopping …\n');
    // The work then ends as well, and removes its temporary files.
    supervisor
      .stopAll()
      .then(() => Promise.race([working, delay(TIDY_MS)]))
      .catch(() => {})
      .finally(() => process.exit(code));
  };
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => stop(code));
  }
  watchParent(() => stop(SIGNALS.SIGTERM));
  let code;
  try {
    working = work({ supervisor });
    code = await working;
  } catch (error) {
    if (!interrupted) {
      report(error);
    }
    code = 1;
  }
  if (interrupted) {
    return; // the signal handler exits once everything has ended
  }
  await supervisor.stopAll();
  process.exitCode = code;
  process.exit();
}

/**
 * npm runs us through a shell that ends on SIGTERM without telling us, and
 * whoever is killed outright tells nobody: the change of parent is the sign.
 */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) {
    return;
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      onGone();
    }
  }, PARENT_POLL_MS).unref();
}

module.exports = { main };
