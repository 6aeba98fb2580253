// `yarn bench` and `npm run bench`: the benchmarks of the hub, on a real PostgreSQL.
const { runBench } = require('./src/bench/runBench.cjs');
const { main } = require('./src/support/main.cjs');
const { pathsOf } = require('./src/support/paths.cjs');

main(({ supervisor }) =>
  runBench({
    patterns: process.argv.slice(2),
    env: process.env,
    paths: pathsOf(),
    supervisor,
  }),
);
