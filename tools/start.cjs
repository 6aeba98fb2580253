// `npm start` and `yarn start`.
const path = require('node:path');
const { portalAlone } = require('./src/start/portalAlone.cjs');
const { startAll } = require('./src/start/startAll.cjs');
const { isYarn } = require('./src/support/isYarn.cjs');
const { main } = require('./src/support/main.cjs');
const { passThrough } = require('./src/support/passThrough.cjs');
const { pathsOf } = require('./src/support/paths.cjs');

const args = process.argv.slice(2);
const { env } = process;
const paths = pathsOf(undefined, env);

if (isYarn(env)) {
  passThrough(() => ({
    command: path.join(paths.bin, 'backstage-cli'),
    ...portalAlone({ args, env, paths }),
    cwd: paths.root,
  }));
} else {
  main(({ supervisor }) => startAll({ args, env, paths, supervisor }));
}
