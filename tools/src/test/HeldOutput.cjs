/**
 * What a part says while another one has the terminal: it is kept, and said when
 * the terminal is free. From then on it is said at once.
 */
class HeldOutput {
  #out;
  #kept = [];

  constructor({ out = process.stdout } = {}) {
    this.#out = out;
  }

  write(chunk) {
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
