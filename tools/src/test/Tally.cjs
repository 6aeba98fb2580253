/**
 * The sum over all runners. A runner that ends badly without having said what
 * failed is one failure more: nothing may pass by crashing.
 */
class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = [];
  #failures = [];

  add({
    runner,
    passed = 0,
    failed = 0,
    skipped = [],
    failures = [],
    code = 0,
  }) {
    this.#passed += passed;
    this.#failed += failed;
    this.#skipped.push(...skipped.map(name => `${runner}: ${name}`));
    this.#failures.push(...failures.map(name => `${runner}: ${name}`));
    if (code !== 0 && failed === 0) {
      this.#failed += 1;
      this.#failures.push(
        `${runner}: ended with exit code ${code} without naming a failure`,
      );
    }
  }

  /** A part that could not run at all. */
  crash({ runner, reason }) {
    this.#failed += 1;
    this.#failures.push(`${runner}: ${reason}`);
  }

  get skipped() {
    return [...this.#skipped];
  }

  get failures() {
    return [...this.#failures];
  }

  get ok() {
    return this.#failed === 0;
  }

  /** The last line of `npm test`. */
  line() {
    return `${this.#passed} passed, ${this.#failed} failed, ${
      this.#skipped.length
    } skipped`;
  }
}

module.exports = { Tally };
