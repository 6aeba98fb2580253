const { prefixLines } = require('../support/prefixLines.cjs');

/** Node's last words after an uncaught error, or the backend's own. */
const DIED = /^Node\.js v\d+\.|^The portal’s backend did not start: /;

/**
 * The programs that make up a running portal: each in a process group of the
 * supervisor's, its output in the log with a prefix, and on the terminal what
 * `show` lets through. `ended` resolves as soon as one of them has ended: none
 * is of use without the others.
 */
class Services {
  #supervisor;
  #env;
  #log;
  #end;
  #crashed = false;

  constructor({ supervisor, env, log }) {
    this.#supervisor = supervisor;
    this.#env = env;
    this.#log = log;
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

  start({ name, command, args, cwd, show = () => () => true }) {
    const child = this.#supervisor.spawn(command, args, {
      cwd,
      env: { ...this.#env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const [stream, out] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      const isShown = show();
      prefixLines({
        stream,
        prefix: '',
        write: line => {
          const text = `[${name}] ${line}`;
          this.#log?.write(text);
          if (isShown(line.trimEnd())) {
            out.write(text);
          }
          if (DIED.test(line)) {
            this.#crashed = true;
          } else if (line.includes('restarting the development server')) {
            this.#crashed = false;
          }
        },
      });
    }
    child.on('error', error => this.#end({ name, reason: error.message }));
    child.on('exit', (code, signal) =>
      this.#end({ name, reason: signal ?? `exit code ${code}` }),
    );
    return child;
  }
}

module.exports = { Services };
