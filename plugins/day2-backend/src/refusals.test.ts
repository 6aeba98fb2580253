import { TestDatabases } from '@backstage/backend-test-utils';
import { component, people } from './__testUtils__/people';
import { sourceOf, startHub } from './__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const deployment = {
  service: 'component:default/label-printer',
  environment: 'prod',
  target: 'vm-7',
  version: '1.4.2',
  finishedAt: new Date(Date.now() - 60_000).toISOString(),
  actor: { email: 'Ana@tern.example', name: 'Ana' },
  url: 'https://ci.example/run/7',
};

describe.each(databases.eachSupportedId())('refusals on %p', id => {
  let hub: Awaited<ReturnType<typeof startHub>>;

  beforeAll(async () => {
    hub = await startHub({
      database: await databases.init(id),
      entities: () => [
        component('label-printer', 'payments'),
        component('cart', 'storefront'),
      ],
      sources: [sourceOf({ id: 'git:gitops' })],
    });
  });

  afterAll(async () => {
    await hub.stop();
  });

  const list = async () =>
    (
      await hub.call(
        'get',
        '/services/component/default/label-printer/deployments',
        people.owner,
      )
    ).body;

  it.each([
    ['no key', undefined, deployment, 400, /Send the header Idempotency-Key/],
    ['a key with blanks', 'a b', deployment, 400, /Idempotency-Key: must be/],
    [
      'the far future',
      'k',
      { ...deployment, finishedAt: '2199-01-01T00:00:00Z' },
      400,
      /finishedAt: is more than 5 minutes in the future/,
    ],
    [
      'no version',
      'k',
      { ...deployment, version: undefined },
      400,
      /body\.version: /,
    ],
    ['an unknown field', 'k', { ...deployment, verison: 'x' }, 400, /verison/],
    [
      'a field of markup',
      'k',
      { ...deployment, '<script>': 'x' },
      400,
      /^[^<]*body: has fields that it does not take[^<]*$/,
    ],
    [
      'a link with a password',
      'k',
      { ...deployment, url: 'https://ci:s3cret@ci.example/7' },
      400,
      /^(?!.*s3cret).*body\.url: has a user part.*leave it out/,
    ],
    [
      'a short entity ref',
      'k',
      { ...deployment, service: 'label-printer' },
      400,
      /body\.service: must be a full entity ref/,
    ],
    [
      'a link that runs',
      'k',
      { ...deployment, url: 'vbscript:alert(1)' },
      400,
      /body\.url/,
    ],
    [
      'an unknown service',
      'k',
      { ...deployment, service: 'component:default/none' },
      404,
      /Register it there first/,
    ],
    [
      'a kind that is no service',
      'k',
      { ...deployment, service: 'system:default/shop' },
      404,
      /kinds of services are component/,
    ],
    [
      'a body of 200 kB',
      'k',
      { ...deployment, title: 'x'.repeat(200_000) },
      413,
      /larger than 100 kB/,
    ],
  ])('refuses %s', async (_, key, body, status, message) => {
    const request = hub.call('post', '/deployments', people.service);
    if (key !== undefined) {
      request.set('idempotency-key', key);
    }
    const answer = await request.send(body);
    expect([answer.status, answer.body.error.message]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
    expect((await list()).items).toEqual([]);
  });

  it.each([
    ['text/plain', '{}', /Content-Type: application\/json/],
    ['application/json', '{"service":', /not valid JSON/],
    ['application/json', '', /body/],
    ['application/json', '[]', /body/],
    ['application/json', 'null', /body|JSON/],
  ])('refuses %s %j', async (type, text, message) => {
    const answer = await hub
      .call('post', '/deployments', people.service)
      .set({ 'idempotency-key': 'k', 'content-type': type })
      .send(text);
    expect([answer.status, answer.body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });

  it('says why a list is empty', async () => {
    const { items, empty } = await list();
    expect([items, empty.reason]).toEqual([
      [],
      expect.stringMatching(/annotation-missing|not-read-yet/),
    ]);
  });

  it.each([
    ['/services?limit=0', /query\.limit/],
    ['/services?limit=1000', /query\.limit/],
    ['/services?cursor=abc', /query\.cursor: not a cursor/],
    ['/services/component/default/cart/timeline?kinds=cats', /query\.kinds/],
    ['/services/component/default/cart/summary?from=yesterday', /query\.from/],
    [
      '/services/component/default/cart/changes?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
      /query\.from: the range ends before it begins/,
    ],
    [`/services/component/default/${'x'.repeat(70)}/summary`, /path\.name/],
    ['/services?text=a&text=b', /query\.text/],
  ])('names the field of %s', async (path, message) => {
    const { status, body } = await hub.call('get', path, people.platform);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });

  it('answers for an unknown source', async () => {
    const { status } = await hub.call(
      'get',
      '/sources/git:none/quarantine',
      people.platform,
    );
    expect(status).toBe(404);
  });
});

it('starts not with two sources of one id, and says which', async () => {
  const database = await databases.init('SQLITE_3');
  await expect(
    startHub({
      database,
      entities: () => [],
      sources: [sourceOf({ id: 'git:a' }), sourceOf({ id: 'git:a' })],
    }),
  ).rejects.toThrow(/Two sources have the id git:a/);
});
