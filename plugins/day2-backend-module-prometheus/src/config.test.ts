import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readPrometheusConfig } from './config';

const read = (data: JsonObject) => readPrometheusConfig(new ConfigReader(data));
const ours = (...instances: JsonObject[]) =>
  read({ day2: { prometheus: { instances } } });
const url = 'https://prometheus.tern.example';

it('reads an instance, by default without credentials, each minute', () => {
  expect(ours({ name: 'eu', url: `${url}/mimir/prometheus/api/v1/` })).toEqual([
    {
      name: 'eu',
      url: `${url}/mimir/prometheus`,
      frontendUrl: `${url}/mimir/prometheus`,
      headers: {},
      secrets: [],
      everySeconds: 60,
      isDefault: true,
    },
  ]);
});

it('reads credentials and headers, and knows what must not be shown', () => {
  expect(
    ours({
      name: 'eu',
      url,
      frontendUrl: 'https://grafana.tern.example/',
      token: ' a-token ',
      headers: { 'X-Scope-OrgID': 'tern' },
      every: { minutes: 5 },
    }),
  ).toMatchObject([
    {
      frontendUrl: 'https://grafana.tern.example',
      headers: { authorization: 'Bearer a-token', 'x-scope-orgid': 'tern' },
      secrets: expect.arrayContaining(['a-token', 'tern']),
      everySeconds: 300,
    },
  ]);
});

it('has one default: the only one, or the one that says so', () => {
  const defaults = (...flags: (boolean | undefined)[]) =>
    ours(
      ...flags.map((flag, n) => ({
        name: `p${n}`,
        url,
        ...(flag === undefined ? {} : { default: flag }),
      })),
    ).map(entry => ('problem' in entry ? 'broken' : entry.isDefault));
  expect(defaults(undefined)).toEqual([true]);
  expect(defaults(false)).toEqual([false]);
  expect(defaults(undefined, undefined)).toEqual([false, false]);
  expect(defaults(undefined, true)).toEqual([false, true]);
  expect(defaults(true, true)).toEqual([true, 'broken']);
});

it.each([
  [{ url }, 'instances[0].name'],
  [{ name: 'a b', url }, 'instances[0].name'],
  [{ name: 'eu' }, 'instances[0].url'],
  [{ name: 'eu', url: 'ftp://there' }, 'instances[0].url: must be an http'],
  [{ name: 'eu', url: 'https://me:secret@there' }, 'must have no credentials'],
  [{ name: 'eu', url, token: 'a b' }, 'instances[0].token'],
  [{ name: 'eu', url, username: 'me' }, 'username and password both'],
  [
    { name: 'eu', url, token: 't', username: 'me', password: 'p' },
    'a token and a username',
  ],
  [
    { name: 'eu', url, token: 't', headers: { Authorization: 'Basic x' } },
    'has Authorization beside',
  ],
  [{ name: 'eu', url, headers: { 'a b': 'c' } }, "Invalid config key 'a b'"],
  [{ name: 'eu', url, headers: { host: 'c' } }, 'host cannot be set'],
  [{ name: 'eu', url, headers: { tenant: 'a\nb' } }, 'headers.tenant'],
  [{ name: 'eu', url, every: { seconds: 1 } }, 'at least 5 seconds'],
])('%j is broken, in words', (entry, problem) => {
  const [broken, other] = ours(entry as JsonObject, { name: 'us', url });
  expect(broken).toEqual({
    name: expect.any(String),
    problem: expect.stringContaining(problem),
  });
  expect(JSON.stringify(broken)).not.toMatch(/secret|Basic x/);
  expect(other).toMatchObject({ name: 'us', url });
});

it('tells a second one of the same name', () => {
  expect(ours({ name: 'eu', url }, { name: 'eu', url })).toMatchObject([
    { name: 'eu', url },
    { name: 'eu-again', problem: expect.stringContaining('used twice') },
  ]);
});

it.each([
  [{}, []],
  [{ day2: { prometheus: { instances: {} } } }, ['instance-1']],
  [{ day2: { prometheus: { instances: ['eu'] } } }, ['instance-1']],
  [{ day2: 'nothing', prometheus: 'nothing' }, []],
])('of %j it makes %j', (data, names) => {
  expect(read(data).map(({ name }) => name)).toEqual(names);
});

describe('as other plugins have it', () => {
  const proxy = {
    endpoints: {
      '/prometheus/api': {
        target: 'http://prometheus:9090/api/v1/',
        headers: { Authorization: 'Bearer a-token' },
      },
      '/mimir': 'https://mimir.tern.example/prometheus',
    },
  };

  it('asks the target of the proxy with its headers', () => {
    expect(
      read({
        proxy,
        prometheus: {
          proxyPath: '/prometheus/api',
          uiUrl: 'https://prometheus.tern.example',
        },
      }),
    ).toMatchObject([
      {
        name: 'default',
        url: 'http://prometheus:9090',
        frontendUrl: 'https://prometheus.tern.example',
        headers: { authorization: 'Bearer a-token' },
        isDefault: true,
      },
    ]);
  });

  it('follows a path below an endpoint, of each instance', () => {
    expect(
      read({
        proxy,
        prometheus: {
          proxyPath: '/prometheus/api',
          instances: [
            { name: 'eu', proxyPath: '/prometheus/api' },
            { name: 'us', proxyPath: '/mimir/api/v1' },
          ],
        },
      }),
    ).toMatchObject([
      { name: 'eu', url: 'http://prometheus:9090', isDefault: true },
      {
        name: 'us',
        url: 'https://mimir.tern.example/prometheus',
        isDefault: false,
      },
    ]);
    expect(
      read({
        proxy,
        prometheus: {
          proxyPath: '/prometheus/api',
          instances: [{ name: 'us', proxyPath: '/mimir/api/v1' }],
        },
      }),
    ).toMatchObject([
      { name: 'us', isDefault: false },
      { name: 'default', url: 'http://prometheus:9090', isDefault: true },
    ]);
  });

  it('reads endpoints that stand below proxy itself', () => {
    expect(
      read({
        proxy: { '/prometheus/api': 'http://prometheus:9090/api/v1' },
        prometheus: { proxyPath: 'prometheus/api/' },
      }),
    ).toMatchObject([{ url: 'http://prometheus:9090' }]);
  });

  it.each([
    [{}, /there is no proxy.endpoints\['\/prometheus\/api'\]/],
    [
      {
        endpoints: {
          '/prometheus/api': { target: 'http://p', pathRewrite: { a: 'b' } },
        },
      },
      /pathRewrite: is not followed/,
    ],
    [{ endpoints: { '/prometheus/api': {} } }, /target: must be an address/],
  ])('with the proxy %j it says what is missing', (there, problem) => {
    expect(
      read({ proxy: there, prometheus: { proxyPath: '/prometheus/api' } }),
    ).toEqual([{ name: 'default', problem: expect.stringMatching(problem) }]);
  });

  it('leaves them alone where ours is there', () => {
    const day2 = { prometheus: { instances: [{ name: 'eu', url }] } };
    const prometheus = { proxyPath: '/prometheus/api' };
    expect(read({ proxy, day2, prometheus })).toHaveLength(1);
  });
});
