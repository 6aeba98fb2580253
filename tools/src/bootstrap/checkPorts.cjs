const net = require('node:net');
const { execFileSync } = require('node:child_process');
const { Problem } = require('../support/Problem.cjs');

/**
 * Stops when a port is taken. Both wildcard and loopback are tried: on macOS one
 * can be free while the other is not.
 */
async function checkPorts(ports) {
  const problems = [];
  for (const { port, use, variable } of ports) {
    const code = (await tryPort(port)) ?? (await tryPort(port, '127.0.0.1'));
    if (code === 'EADDRINUSE') {
      problems.push(
        `Port ${port} (${use}) is taken${ownerOf(
          port,
        )}: end that program, or choose another port with ${variable}=<port>.`,
      );
    } else if (code === 'EACCES') {
      problems.push(
        `Port ${port} (${use}) may not be opened by you: choose one above 1023 with ${variable}=<port>.`,
      );
    }
  }
  if (problems.length > 0) {
    throw new Problem({ what: 'A port is not free', todo: problems });
  }
}

function tryPort(port, host) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', error => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}

/** Who holds the port, where lsof is there to tell. */
function ownerOf(port) {
  try {
    const out = execFileSync(
      'lsof',
      ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const pid = /^p(\d+)$/m.exec(out)?.[1];
    const name = /^c(.+)$/m.exec(out)?.[1];
    return pid ? ` by ${name ?? 'process'} (${pid})` : '';
  } catch {
    return '';
  }
}

module.exports = { checkPorts };
