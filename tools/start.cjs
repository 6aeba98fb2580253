// `npm start` and `yarn start`.
const { startAll } = require('./src/start/startAll.cjs');
const { startPortalAlone } = require('./src/start/startPortalAlone.cjs');
const { isYarn } = require('./src/support/isYarn.cjs');
const { main } = require('./src/support/main.cjs');
const { pathsOf } = require('./src/support/paths.cjs');

main(({ supervisor }) => {
  const { env } = process;
  const start = isYarn(env) ? startPortalAlone : startAll;
  return start({
    args: process.argv.slice(2),
    env,
    paths: pathsOf(),
    supervisor,
  });
});
