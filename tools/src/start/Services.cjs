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
  #crashed = false;

  constructor({ supervisor, env }) {
    this.#supervisor = supervisor;
    this.#env = env;
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  /**
   * Whether a program inside one of ours has died of an uncaught error and has
   * not been started again: `backstage-cli` waits for a changed file then.
   */
  get crashed() {
    return this.#crashed;
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
      write: text => {
        process.stdout.write(text);
        if (text.includes('restarting the development server')) {
          this.#crashed = false;
        }
      },
    });
    prefixLines({
      stream: child.stderr,
      prefix,
      write: text => {
        process.stderr.write(text);
        // Node's last words after an uncaught error.
        this.#crashed ||= /\] Node\.js v\d+\./.test(text);
      },
    });
    child.on('error', error => this.#end({ name, reason: error.message }));
    child.on('exit', (code, signal) =>
      this.#end({ name, reason: signal ?? `exit code ${code}` }),
    );
    return child;
  }
}

module.exports = { Services };
