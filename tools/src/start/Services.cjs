const { prefixLines } = require('../support/prefixLines.cjs');

/**
 * The programs that make up a running portal: each in a process group of the
 * supervisor's, its output forwarded with a prefix. `ended` resolves as soon as
 * one of them has ended: none is of use without the others.
 */
class Services {
  #supervisor;
  #env;
  #end;

  constructor({ supervisor, env }) {
    this.#supervisor = supervisor;
    this.#env = env;
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  start({ name, command, args, cwd }) {
    const child = this.#supervisor.spawn(command, args, {
      cwd,
      env: { ...this.#env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const prefix = `[${name}] `;
    prefixLines({
      stream: child.stdout,
      prefix,
      write: text => process.stdout.write(text),
    });
    prefixLines({
      stream: child.stderr,
      prefix,
      write: text => process.stderr.write(text),
    });
    child.on('error', error => this.#end({ name, reason: error.message }));
    child.on('exit', (code, signal) =>
      this.#end({ name, reason: signal ?? `exit code ${code}` }),
    );
    return child;
  }
}

module.exports = { Services };
