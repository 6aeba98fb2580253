const assert = require('node:assert/strict');
const net = require('node:net');
const { test } = require('node:test');
const { checkPorts } = require('./checkPorts.cjs');

function listen(host) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.listen(0, host, () => resolve(server));
  });
}

for (const host of ['127.0.0.1', undefined]) {
  test(`a port taken on ${
    host ?? 'all addresses'
  } is named, with its variable`, async t => {
    const server = await listen(host);
    t.after(() => server.close());
    const { port } = server.address();
    await assert.rejects(
      checkPorts([{ port, use: 'the portal', variable: 'DAY2_APP_PORT' }]),
      error =>
        error.name === 'Problem' &&
        error.todo.some(
          line => line.includes(String(port)) && line.includes('DAY2_APP_PORT'),
        ),
    );
  });
}

test('a free port passes, and stays free', async () => {
  const server = await listen('127.0.0.1');
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  const ports = [{ port, use: 'the portal', variable: 'DAY2_APP_PORT' }];
  await checkPorts(ports);
  await checkPorts(ports);
});
