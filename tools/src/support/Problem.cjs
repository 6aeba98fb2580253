/**
 * Something the person at the keyboard can put right: what happened, and what
 * to do. It is printed without a stack trace; anything else is our own bug and
 * keeps its trace.
 */
class Problem extends Error {
  constructor({ what, todo }) {
    super(what);
    this.name = 'Problem';
    this.todo = [todo].flat().filter(Boolean);
  }
}

module.exports = { Problem };
