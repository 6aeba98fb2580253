const { createRequire } = require('node:module');
const { LONGEST } = require('./longest.cjs');

// The one of the Jest that is installed.
const jest = createRequire(require.resolve('jest'));
const core = createRequire(jest.resolve('@jest/core'));
const { default: TestSequencer } = core('@jest/test-sequencer');

/**
 * The order of Jest's files: those known to take long begin first, so that none is
 * left alone at the end. A fresh clone has no times of its own to go by, and by
 * size, as Jest then goes, a short file that waits for much comes last.
 */
class LongestFirst extends TestSequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.sort((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ path }) {
  const rank = LONGEST.findIndex(name => path.endsWith(`/${name}`));
  return rank < 0 ? LONGEST.length : rank;
}

module.exports = LongestFirst;
