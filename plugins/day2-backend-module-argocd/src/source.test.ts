import type { ServerResponse } from 'node:http';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { createApplication, syncAgain } from './__testUtils__/applications';
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

const hour = 60 * 60 * 1000;

const say = (status: number, body: string, headers = {}) => {
  return (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
};

const follow = (source?: ReturnType<typeof createSource>) =>
  followSource({ fake, source });

it('reads only what moved, in its namespace and project', async () => {
  fake.apps.push(
    createApplication({ name: 'cart', namespace: 'team-a' }),
    createApplication({ name: 'shop' }),
  );
  const following = follow();
  await following.run();
  expect((await following.run()).batches).toEqual([]);
  expect(fake.requests).toHaveLength(1);
  syncAgain(fake.apps[0]);
  const { observations, read } = await following.run();
  expect(read).toEqual([
    'GET /api/v1/applications/cart?appNamespace=team-a&project=shop',
  ]);
  expect(observations.map(({ kind }) => kind)).toContain('deployment');
  expect(following.keys()).toContain('uid-team-a-cart:2:healthy');
  // What was said of the sync before stays, though Argo CD says it no more.
  expect(following.keys()).toContain('uid-team-a-cart:1:healthy');
});

it('sees what moved in resources and health, and each hour all', async () => {
  fake.apps.push(createApplication({ name: 'cart' }));
  const following = follow();
  await following.run();
  const status = fake.apps[0].status as any;
  status.resources[0].status = 'OutOfSync';
  expect((await following.run()).read).toHaveLength(1);
  status.health = { status: 'Degraded' };
  expect((await following.run()).read).toHaveLength(1);
  // The list says nothing of conditions.
  status.conditions = [{ type: 'OrphanedResourceWarning', message: 'two' }];
  expect((await following.run()).read).toHaveLength(0);
  expect((await following.run({ later: hour })).observations).toContainEqual(
    expect.objectContaining({
      conditions: [{ type: 'OrphanedResourceWarning', message: 'two' }],
    }),
  );
  expect((await following.run()).read).toHaveLength(0);
});

it('reads all again in parts, what moved first, and each run ends', async () => {
  for (let n = 10; n < 90; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  const source = createSource({ url: fake.url });
  let { cursor } = await collect(source, { now: () => 0 });
  let time = hour;
  const run = async () => {
    fake.requests.length = 0;
    // A clock on which each group takes long.
    const { error, ...result } = await collect(source, {
      cursor,
      now: () => {
        time += 8_000;
        return time;
      },
    });
    expect(error).toBeUndefined();
    ({ cursor } = result);
    return fake.requests.slice(1).map(each => /app-\d+/.exec(each)?.[0]);
  };
  const read = [await run()];
  expect(read[0].length).toBeGreaterThan(0);
  expect(read[0].length).toBeLessThan(80);
  expect(cursor?.fullAt).toBeUndefined();
  syncAgain(fake.apps[0]);
  read.push(await run());
  expect(read[1][0]).toBe('app-10');
  while (cursor?.fullAt === undefined && read.length < 9) {
    read.push(await run());
  }
  expect(new Set(read.flat()).size).toBe(80);
  expect(read.flat()).toHaveLength(81);
  await expect(run()).resolves.toEqual([]);
});

it('what is refused does not stand before the rest of a reading of all', async () => {
  for (let n = 10; n < 90; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  const source = createSource({ url: fake.url });
  let { cursor } = await collect(source, { now: () => 0 });
  for (let n = 10; n < 50; n += 1) {
    fake.sick.set(`app-${n}`, say(403, '{}'));
  }
  let time = hour;
  const now = () => {
    time += 20_000;
    return time;
  };
  for (let run = 0; run < 5; run += 1) {
    ({ cursor } = await collect(source, { cursor, now }));
  }
  expect(cursor?.fullAt).toBeGreaterThan(0);
});

it('sweeps the state of what is gone and keeps its deployments', async () => {
  for (let n = 0; n < 10; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  const following = follow();
  await following.run();
  const deployments = following.keys('deployment');
  fake.apps.splice(4, 1);
  await following.run();
  expect(following.keys('application')).toHaveLength(9);
  expect(following.keys('application')).not.toContain('app:uid-argocd-app-4');
  expect(following.keys('deployment')).toEqual(deployments);
  expect((await following.run()).batches).toEqual([]);
});

it('takes an application that was made again for another', async () => {
  for (let n = 0; n < 5; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  const following = follow();
  await following.run();
  fake.apps[0] = createApplication({ name: 'app-0', uid: 'new', syncs: 1 });
  await following.run();
  expect(following.keys()).toContain('app:new');
  expect(following.keys()).not.toContain('app:uid-argocd-app-0');
  expect(following.keys()).toContain('uid-argocd-app-0:1');
});

it('reads a part only, and lets go of what leaves it', async () => {
  for (let n = 0; n < 10; n += 1) {
    fake.apps.push(
      createApplication({ name: `app-${n}`, labels: { team: 'shop' } }),
    );
  }
  fake.apps.push(createApplication({ name: 'other', project: 'x' }));
  const following = follow(
    createSource({
      url: fake.url,
      projects: ['shop', 'more'],
      selector: 'team=shop',
    }),
  );
  await following.run();
  expect(fake.requests[0]).toMatch(
    /projects=shop&projects=more&selector=team%3Dshop$/,
  );
  expect(following.keys('application')).toHaveLength(10);
  fake.apps[0].metadata.labels = {};
  await following.run();
  expect(following.keys('application')).toHaveLength(9);
});

it('reads anew with other rules of places, and says it of all', async () => {
  fake.apps.push(createApplication({ name: 'cart' }));
  const first = await collect(createSource({ url: fake.url }));
  const next = await collect(
    createSource({ url: fake.url, environments: [{ environment: 'eu' }] }),
    { cursor: first.cursor },
  );
  expect(
    next.batches.flatMap(({ observations }) =>
      observations.map(each => (each as { environment?: string }).environment),
    ),
  ).toEqual(['eu', 'eu', 'eu', 'eu']);
});
