import type { ServerResponse } from 'node:http';
import { createApplication } from './__testUtils__/applications';
import { createSource } from './__testUtils__/createSource';
import { FakeArgocd } from './__testUtils__/FakeArgocd';
import { followSource } from './__testUtils__/followSource';

let fake: FakeArgocd;

beforeEach(async () => {
  fake = await FakeArgocd.start();
});

afterEach(async () => {
  await fake.close();
});

const say = (status: number, body: string, headers = {}) => {
  return (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
};

const follow = (source?: ReturnType<typeof createSource>) =>
  followSource({ fake, source });

it('reads an application whose words the hub has no room for', async () => {
  const app = createApplication({ name: 'cart' });
  const status = app.status as any;
  const long = 'x'.repeat(11_000);
  const { source } = app.spec as any;
  Object.assign(app.spec, {
    project: `shop\u0007\u202e${long}`,
    destination: { name: `h${long}`, namespace: long },
    sources: Array.from({ length: 150 }, (_, at) => ({
      ...source,
      targetRevision: long,
      helm: {
        valueFiles: Array.from(
          { length: at ? 0 : 300 },
          (__, n) => `values-${n}.yaml`,
        ),
      },
    })),
  });
  app.metadata.labels = { environment: long };
  status.conditions = Array.from({ length: 300 }, () => ({
    type: long,
    message: long,
    lastTransitionTime: '+010000-01-01T00:00:00Z',
  }));
  status.summary = { images: Array.from({ length: 300 }, () => `${long}:1`) };
  status.operationState = {
    phase: 'Succeeded',
    operation: { initiatedBy: { username: long } },
  };
  status.history[0].initiatedBy = { username: long };
  fake.apps.push(app);
  const { observations } = await follow().run();
  expect(observations.length).toBeGreaterThan(2);
  for (const observation of observations) {
    expect(checkWords(observation)).toBe(true);
  }
  expect(observations).toContainEqual(
    expect.objectContaining({
      kind: 'application',
      project: `shop${'x'.repeat(296)}`,
      environment: 'x'.repeat(100),
      origins: expect.arrayContaining([
        expect.objectContaining({ paths: ['.'] }),
      ]),
    }),
  );
});

it('sets aside names that are no part of a path, and entries whose id a later one has', async () => {
  fake.apps.push(
    createApplication({ name: '..' }),
    createApplication({ name: 'cart' }),
  );
  const history = (fake.apps[1].status as any).history;
  history[0].id = history[1].id;
  const following = follow();
  const { batches, read } = await following.run();
  expect(batches.flatMap(({ rejected }) => rejected ?? [])).toMatchObject([
    { reason: expect.stringContaining('no name that could be asked for') },
    { reason: expect.stringContaining('id of a later one') },
  ]);
  expect(read).toHaveLength(1);
  expect(following.keys('application')).toEqual(['app:uid-argocd-cart']);
});

it('what is nested without end keeps no other from being read', async () => {
  fake.apps.push(
    createApplication({ name: 'deep' }),
    createApplication({ name: 'cart' }),
  );
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const whole = JSON.stringify(fake.apps[0]).replace(
    '"spec":{',
    `"spec":{"sourceHydrator":${deep},"x":${deep},`,
  );
  const list = `{"items":[${whole},${JSON.stringify(fake.apps[1])}]}`;
  fake.sick.set('deep', say(200, whole));
  fake.list = say(200, list);
  const following = follow();
  await following.run();
  expect(following.keys('application')).toContain('app:uid-argocd-cart');
});

/** Whether no word or list in it is longer than the hub takes. */
function checkWords(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.length <= 1000 && !/[\p{Cc}\u202e]/u.test(value);
  }
  return typeof value !== 'object' || value === null
    ? true
    : Object.values(value).length <= 300 &&
        Object.values(value).every(checkWords);
}
