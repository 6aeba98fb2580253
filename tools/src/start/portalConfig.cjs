const fs = require('node:fs');
const path = require('node:path');

/** The configuration files of the portal in their order; the last one wins. */
function portalConfig({ root, sandbox, extra = [] }) {
  return [
    'app-config.yaml',
    ...(sandbox ? ['app-config.sandbox.yaml'] : []),
    // What Backstage itself would add when no --config is given.
    'app-config.local.yaml',
  ]
    .map(name => path.join(root, name))
    .filter(file => fs.existsSync(file))
    .concat(extra);
}

/**
 * What the portal and the sandbox are told through the environment; the portal's
 * configuration files name the same variables.
 */
function portalEnv({ env, paths, ports, token }) {
  return {
    ...env,
    DAY2_STATE_DIR: paths.state,
    DAY2_APP_PORT: String(ports.app.port),
    DAY2_BACKEND_PORT: String(ports.backend.port),
    DAY2_SANDBOX_PORT: String(ports.sandbox.port),
    DAY2_SANDBOX_URL: `http://localhost:${ports.sandbox.port}`,
    DAY2_SANDBOX_TOKEN: token,
    DAY2_PROMETHEUS_PORT: String(ports.prometheus.port),
    DAY2_PROMETHEUS_URL: `http://localhost:${ports.prometheus.port}`,
    DAY2_ALERTMANAGER_PORT: String(ports.alertmanager.port),
    DAY2_ALERTMANAGER_URL: `http://localhost:${ports.alertmanager.port}`,
  };
}

module.exports = { portalConfig, portalEnv };
