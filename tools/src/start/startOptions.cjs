const { parseArgs } = require('../support/parseArgs.cjs');
const { Problem } = require('../support/Problem.cjs');

const HELP = `Usage: npm start [-- options]

Sets up what is missing, then runs the example portal together with a simulated
company, and prints the address to open. Ctrl-C ends everything.

  --reset            begin anew: a fresh simulated company and an empty portal
  --no-sandbox       the portal alone
  --seed <n>         the seed of the simulated company (with --reset)
  --services <n>     how many services it has, 12 to 60 (with --reset)
  --gitops <url>     read this GitOps repository too; may be repeated
  --help             this text

Ports are chosen with DAY2_APP_PORT, DAY2_BACKEND_PORT, DAY2_SANDBOX_PORT,
DAY2_PROMETHEUS_PORT and DAY2_ALERTMANAGER_PORT, the folder that everything is kept
in with DAY2_STATE_DIR (.day2 of the checkout).
start.log in it has all that the portal and the sandbox say.
`;

/** What the sandbox takes; held against it here, before anything is deleted. */
const RANGES = {
  seed: { from: 0, to: Number.MAX_SAFE_INTEGER },
  services: { from: 12, to: 60 },
};

/** The options of `npm start`, checked. */
function startOptions(args) {
  const parsed = parseArgs({
    args,
    flags: ['reset', 'no-sandbox', 'help'],
    values: ['seed', 'services'],
    lists: ['gitops'],
  });
  if (parsed.rest.length > 0) {
    throw new Problem({
      what: `Unknown argument ${parsed.rest[0]}`,
      todo: 'npm start -- --help lists the options.',
    });
  }
  for (const [name, { from, to }] of Object.entries(RANGES)) {
    const given = parsed[name];
    const value = /^\d+$/.test(given ?? '') ? Number(given) : NaN;
    if (given !== undefined && !(value >= from && value <= to)) {
      throw new Problem({
        what: `--${name} takes a whole number from ${from} to ${to}, not ${given}`,
        todo: `Write --${name} ${from || 1}, for example.`,
      });
    }
  }
  return {
    reset: Boolean(parsed.reset),
    sandbox: !parsed['no-sandbox'],
    help: Boolean(parsed.help),
    gitops: parsed.gitops.map(checkUrl),
    sandboxArgs: Object.keys(RANGES).flatMap(name =>
      parsed[name] === undefined ? [] : [`--${name}`, parsed[name]],
    ),
  };
}

/** Any URL Git clones from over https, ssh or file; never `ext::` and its like. */
function checkUrl(url) {
  const fine =
    /^(https?|ssh|file):\/\/[^\s]+$/.test(url) ||
    /^[\w.-]+@[\w.-]+:[^\s:]+$/.test(url);
  if (!fine) {
    throw new Problem({
      what: `--gitops ${url} is not an address of a Git repository`,
      todo: 'Give https://…, ssh://…, git@host:path or file:///….',
    });
  }
  return url;
}

module.exports = { startOptions, HELP };
