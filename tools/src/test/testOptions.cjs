const { parseArgs } = require('../support/parseArgs.cjs');
const { Problem } = require('../support/Problem.cjs');

const PARTS = ['static', 'jest', 'e2e'];

const HELP = `Usage: npm test [-- options] [pattern …]

Sets up what is missing, then runs the static checks, the unit tests on SQLite
and PostgreSQL, and the end-to-end tests in Chromium, these two side by side where
there are 12 GB of memory. The last line is "N passed, N failed, N skipped", the
sum over all of them.

  --only <part>   static, jest or e2e
  pattern         only test files whose path contains it (no static checks)
  --help          this text
`;

/** The options of `npm test`, checked: which parts to run, and which files of them. */
function testOptions(args) {
  const parsed = parseArgs({ args, flags: ['help'], values: ['only'] });
  if (parsed.only !== undefined && !PARTS.includes(parsed.only)) {
    throw new Problem({
      what: `--only ${parsed.only} is not a part`,
      todo: `The parts are ${PARTS.join(', ')}.`,
    });
  }
  const patterns = parsed.rest;
  const parts = parsed.only
    ? [parsed.only]
    : PARTS.filter(part => part !== 'static' || patterns.length === 0);
  return { help: Boolean(parsed.help), parts, patterns };
}

module.exports = { testOptions, HELP };
