const path = require('node:path');
const { Problem } = require('../support/Problem.cjs');
const { runLogged } = require('../support/runLogged.cjs');

const PROGRAM = 'plugins/day2-backend/src/__testUtils__/migrateTemplate.ts';

/**
 * Makes the hub's tables in the database that each new one is a copy of. `url` is
 * that of another one of the same server.
 */
async function migrateTemplate({ paths, supervisor, node, env, url }) {
  const template = new URL(url);
  template.pathname = '/template1';
  const { code, output } = await runLogged({
    supervisor,
    command: node.bin,
    args: [path.join(paths.root, 'tools', 'run-ts.cjs'), PROGRAM],
    cwd: paths.root,
    env: { ...env, DAY2_TEST_TEMPLATE: String(template) },
    log: path.join(paths.logs, 'migrate-template.log'),
  });
  if (code !== 0) {
    throw new Problem({
      what: 'PostgreSQL for the tests could not be given the hub’s tables',
      todo: output.trim().split('\n').slice(-5),
    });
  }
}

module.exports = { migrateTemplate };
