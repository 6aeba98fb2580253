const fs = require('node:fs');
const path = require('node:path');

/**
 * What a part says while another one has the terminal: it is kept, and said when
 * the terminal is free. From then on it is said at once. All of it is in a file as
 * it comes, where one is named: a run that is killed has said so much.
 */
class HeldOutput {
  #out;
  #log;
  #kept = [];

  constructor({ out = process.stdout, log } = {}) {
    this.#out = out;
    this.#log = log;
    if (log) {
      fs.mkdirSync(path.dirname(log), { recursive: true });
      fs.writeFileSync(log, '');
    }
  }

  write(chunk) {
    if (this.#log) {
      fs.appendFileSync(this.#log, chunk);
    }
    if (this.#kept) {
      this.#kept.push(chunk);
    } else {
      this.#out.write(chunk);
    }
  }

  /** Says what was kept; may be called again. */
  release() {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const chunk of kept) {
      this.#out.write(chunk);
    }
  }
}

module.exports = { HeldOutput };
