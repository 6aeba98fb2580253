// `npm test` and `yarn test`.
const path = require('node:path');
const { checkOwnNode } = require('./src/bootstrap/checkOwnNode.cjs');
const { isYarn } = require('./src/support/isYarn.cjs');
const { main } = require('./src/support/main.cjs');
const { passThrough } = require('./src/support/passThrough.cjs');
const { pathsOf } = require('./src/support/paths.cjs');
const { testAll } = require('./src/test/testAll.cjs');

const args = process.argv.slice(2);
const { env } = process;
const paths = pathsOf();

if (isYarn(env)) {
  // As in any Backstage repository.
  passThrough(() => {
    checkOwnNode({ paths });
    return {
      command: path.join(paths.bin, 'backstage-cli'),
      args: ['repo', 'test', ...args],
      cwd: paths.root,
      env,
    };
  });
} else {
  main(({ supervisor }) => testAll({ args, env, paths, supervisor }));
}
