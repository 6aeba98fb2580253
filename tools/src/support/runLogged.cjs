const fs = require('node:fs');
const path = require('node:path');

const TAIL_CHARS = 64_000;

/**
 * Runs a command to its end with its output in a log file (and on the terminal
 * when `echo`), and answers its exit code and the end of what it said. A command
 * that cannot be started answers code 127.
 */
function runLogged(options) {
  const { supervisor, command, args, cwd, env, log, echo } = options;
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const file = fs.createWriteStream(log);
  return new Promise((resolve, reject) => {
    let tail = '';
    let child;
    const take = chunk => {
      tail = (tail + chunk).slice(-TAIL_CHARS);
      file.write(chunk);
      if (echo) {
        process.stdout.write(chunk);
      }
    };
    const end = code => file.end(() => resolve({ code, output: tail, log }));
    file.on('error', reject);
    try {
      child = supervisor.spawn(command, args, {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      reject(error);
      return;
    }
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', error => {
      take(`${command}: ${error.message}\n`);
      end(127);
    });
    child.on('close', (code, signal) => {
      if (child.pid) {
        // What the command left running in its group ends with it.
        supervisor
          .stop(child, { graceMs: 2000 })
          .then(() => end(signal ? 128 : code ?? 1), reject);
      }
    });
  });
}

module.exports = { runLogged };
