const path = require('node:path');
const { runLogged } = require('../support/runLogged.cjs');
const { explainFailure } = require('./explainFailure.cjs');

/**
 * Asks the registry for one small thing before the installation asks it for
 * thousands: yarn tries each of them again and again, so that a missing network
 * would take ten minutes to be noticed. npm asks, because it knows the machine's
 * proxy and mirror. A registry that answers anything at all is let pass.
 */
async function checkRegistry({ paths, supervisor, env }) {
  const asked = await runLogged({
    supervisor,
    command: 'npm',
    args: [
      'view',
      'better-sqlite3',
      'name',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--fetch-timeout=20000',
      '--prefer-online',
      // npm test --silent would silence this npm as well.
      '--loglevel=error',
    ],
    cwd: paths.root,
    env,
    log: path.join(paths.logs, 'registry.log'),
  });
  const missingNpm = asked.code === 127;
  if (asked.code !== 0 && !missingNpm) {
    throw explainFailure({ doing: 'Asking the package registry', ...asked });
  }
}

module.exports = { checkRegistry };
