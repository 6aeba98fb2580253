const os = require('node:os');
const path = require('node:path');
const { HeldOutput } = require('./HeldOutput.cjs');
const { runE2e } = require('./runE2e.cjs');
const { runJest } = require('./runJest.cjs');

/** Two of Jest's workers, and two portals with their browsers, may take 8 GB. */
const ROOMY_BYTES = 12e9;

/**
 * The unit tests and the tests in Chromium: side by side where the memory is enough
 * for both, as each waits for timers of its own and leaves the processors to the
 * other meanwhile. The unit tests then have the terminal; what the others say is
 * said after them, and is in `e2e.log` meanwhile. `part` runs each and times it.
 */
async function runTests({ common, parts, part, memory = os.totalmem() }) {
  const wanted = ['jest', 'e2e'].filter(name => parts.includes(name));
  const isBeside = wanted.length === 2 && memory >= ROOMY_BYTES;
  const held = isBeside
    ? new HeldOutput({ log: path.join(common.paths.logs, 'e2e.log') })
    : undefined;
  const run = {
    async jest() {
      await part('jest', () => runJest({ ...common, isAlone: !isBeside }));
      held?.release();
    },
    async e2e() {
      await part('e2e', () => runE2e({ ...common, out: held }), held);
    },
  };
  if (isBeside) {
    await Promise.all(wanted.map(name => run[name]()));
    return;
  }
  for (const name of wanted) {
    await run[name]();
  }
}

module.exports = { runTests };
