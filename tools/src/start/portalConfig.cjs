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

/** What the portal and the sandbox are told through the environment. */
function portalEnv({ env, paths, ports, token }) {
  const result = {
    ...env,
    DAY2_STATE_DIR: paths.state,
    DAY2_APP_PORT: String(ports.app.port),
    DAY2_BACKEND_PORT: String(ports.backend.port),
    DAY2_SANDBOX_PORT: String(ports.sandbox.port),
    DAY2_SANDBOX_URL: `http://localhost:${ports.sandbox.port}`,
    DAY2_SANDBOX_TOKEN: token,
  };
  // Backstage reads APP_CONFIG_* over all files: other ports need no other file.
  if (!ports.app.isDefault || !ports.backend.isDefault) {
    const app = `http://localhost:${ports.app.port}`;
    const text = JSON.stringify;
    Object.assign(result, {
      APP_CONFIG_app_baseUrl: text(app),
      APP_CONFIG_backend_baseUrl: text(
        `http://localhost:${ports.backend.port}`,
      ),
      APP_CONFIG_backend_listen: text(`:${ports.backend.port}`),
      APP_CONFIG_backend_cors_origin: text(app),
    });
  }
  return result;
}

module.exports = { portalConfig, portalEnv };
