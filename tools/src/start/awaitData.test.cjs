const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { describe, test } = require('node:test');
const { awaitData } = require('./awaitData.cjs');
const { PortalData } = require('./PortalData.cjs');

/**
 * A backend that has nothing to show the first `late` times it is asked; who may
 * sign in where the catalog knows nobody yet is the guest.
 */
async function backend(t, { late = 0, providers, sources = [] } = {}) {
  const times = new Map();
  const known = providers ?? ['guest', 'sandboxPeople'];
  const server = createServer((request, response) => {
    const path = request.url.replace(/\?.*/, '');
    times.set(path, (times.get(path) ?? 0) + 1);
    const early = times.get(path) <= late;
    const answer = (status, body = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const provider = /^\/api\/auth\/(\w+)\/refresh$/.exec(path)?.[1];
    if (provider) {
      answer(known.includes(provider) ? 200 : 404, {
        ...(known.includes(provider) && {
          backstageIdentity: { token: provider },
        }),
      });
    } else if (path.startsWith('/api/catalog/')) {
      answer(early ? 404 : 200);
    } else if (request.headers.authorization !== 'Bearer sandboxPeople') {
      answer(401);
    } else if (path === '/api/day2/sources') {
      answer(200, { items: sources });
    } else if (path.endsWith('/summary')) {
      answer(early ? 404 : 200);
    } else {
      answer(200, { items: early ? [] : [{ id: '1' }] });
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { url: `http://localhost:${server.address().port}`, times };
}

function wait({ url, services = [], sandbox = true }) {
  return awaitData({
    data: new PortalData({ backend: url, cancelled: () => false }),
    sandbox,
    services,
    say: () => {},
  });
}

describe('awaitData', () => {
  test('waits for the people, the first service and each application', async t => {
    const { url, times } = await backend(t, { late: 1 });
    const services = ['hello', 'goodbye'];
    assert.deepEqual(await wait({ url, services }), []);
    const below = '/api/day2/services/component/default';
    for (const path of [
      '/api/catalog/entities/by-name/user/default/dana',
      `${below}/payments-api/deployments`,
      `${below}/hello/summary`,
      `${below}/goodbye/summary`,
    ]) {
      assert.equal(times.get(path), 2, path);
    }
  });

  test('says what is still being read', async t => {
    const { url, times } = await backend(t, {
      sources: [
        { id: 'git:a', title: 'a', everySeconds: 60, lastSuccessAt: '2026' },
        { id: 'git:b', title: 'b', everySeconds: 60, error: { text: 'away' } },
        { id: 'git:c', title: 'c', everySeconds: 60 },
        { id: 'api', title: 'api' },
      ],
    });
    assert.deepEqual(await wait({ url, sandbox: false }), [
      '1 source still being read: c.',
    ]);
    assert.ok(![...times.keys()].some(path => path.includes('payments-api')));
  });

  for (const providers of [[], ['guest']]) {
    test(`does not wait for data where ${
      providers[0] ?? 'nobody'
    } alone may sign in`, async t => {
      const { url, times } = await backend(t, { providers });
      const [said] = await wait({ url });
      assert.match(said, /Signing in/);
      assert.ok(![...times.keys()].some(path => path.includes('/day2/')));
    });
  }

  test('needs no guest', async t => {
    const { url } = await backend(t, { providers: ['sandboxPeople'] });
    assert.deepEqual(await wait({ url }), []);
  });
});
