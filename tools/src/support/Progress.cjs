const { duration } = require('./duration.cjs');

const HEARTBEAT_MS = 15_000;

/**
 * Says what is going on while something long runs: `[2/4] Installing … 12 s`,
 * rewritten each second on a terminal, repeated now and then elsewhere, so that
 * a log in CI shows life as well.
 */
class Progress {
  #out;
  #total;
  #step = 0;

  constructor({ total, out = process.stdout }) {
    this.#total = total;
    this.#out = out;
  }

  /** Runs one step; its title is printed before, its duration after it. */
  async step(title, work) {
    this.#step += 1;
    const label = `[${this.#step}/${this.#total}] ${title}`;
    const began = Date.now();
    const tty = Boolean(this.#out.isTTY);
    const write = text => this.#out.write(text);
    write(tty ? `${label} …` : `${label} …\n`);
    const timer = setInterval(
      () => {
        const elapsed = duration(Date.now() - began);
        write(
          tty ? `\r\u001b[K${label} … ${elapsed}` : `${label} … ${elapsed}\n`,
        );
      },
      tty ? 1000 : HEARTBEAT_MS,
    );
    const end = word => {
      clearInterval(timer);
      const line = `${label}: ${word} (${duration(Date.now() - began)})\n`;
      write(tty ? `\r\u001b[K${line}` : line);
    };
    try {
      const result = await work();
      end(typeof result === 'string' ? result : 'done');
      return result;
    } catch (error) {
      end('failed');
      throw error;
    }
  }
}

module.exports = { Progress };
