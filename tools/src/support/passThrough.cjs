const { spawn } = require('node:child_process');
const { report } = require('./report.cjs');

/**
 * Becomes another command, as far as Node allows: its terminal, its signals, its
 * exit code. For `yarn start` and `yarn test`, whose watch modes read keys.
 * `prepare` says which command; a `Problem` it finds is told instead.
 */
function passThrough(prepare) {
  try {
    become(prepare());
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

function become({ command, args, cwd, env }) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; we only have to outlive it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', error => {
    process.stderr.write(
      `${command}: ${error.message}\n  → Run yarn install, or use npm, which sets everything up.\n`,
    );
    process.exit(127);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1));
}

module.exports = { passThrough };
