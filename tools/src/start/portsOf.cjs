const { Problem } = require('../support/Problem.cjs');

const DEFAULTS = {
  DAY2_APP_PORT: { port: 3000, use: 'the portal' },
  DAY2_BACKEND_PORT: { port: 7007, use: 'the portal’s backend' },
  DAY2_SANDBOX_PORT: { port: 7010, use: 'the sandbox' },
};

/** The three ports, from the environment or the defaults. */
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
  const [app, backend, sandbox] = ports;
  return { app, backend, sandbox };
}

module.exports = { portsOf };
