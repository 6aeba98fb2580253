const { Problem } = require('../support/Problem.cjs');

const DEFAULTS = {
  DAY2_APP_PORT: { port: 3000, use: 'the portal' },
  DAY2_BACKEND_PORT: { port: 7007, use: 'the portal’s backend' },
  DAY2_SANDBOX_PORT: { port: 7010, use: 'the sandbox' },
  DAY2_PROMETHEUS_PORT: { port: 7011, use: 'the sandbox’s Prometheus' },
  DAY2_ALERTMANAGER_PORT: { port: 7012, use: 'the sandbox’s Alertmanager' },
};

/** The ports, from the environment or the defaults. */
function portsOf(env) {
  const ports = Object.entries(DEFAULTS).map(([variable, { port, use }]) => {
    const given = env[variable];
    const chosen = given ? Number(given) : port;
    if (!Number.isInteger(chosen) || chosen < 1 || chosen > 65535) {
      throw new Problem({
        what: `${variable}=${given} is not a port`,
        todo: 'Give a whole number from 1 to 65535.',
      });
    }
    return { variable, port: chosen, use };
  });
  const [app, backend, sandbox, prometheus, alertmanager] = ports;
  return { app, backend, sandbox, prometheus, alertmanager };
}

module.exports = { portsOf };
