import type { ServerResponse } from 'node:http';
import type {
  Observation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createApplication, syncAgain } from './__testUtils__/applications';
import { createSource } from './__testUtils__/createSource';
import { FakeArgocd } from './__testUtils__/FakeArgocd';

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

/** Runs one source again and again, as the hub does, and keeps what it leaves. */
function follow(source = createSource({ url: fake.url })) {
  const ledger = ObservationLedger.create();
  let cursor: Awaited<ReturnType<typeof collect>>['cursor'];
  let now = Date.UTC(2026, 1, 1);
  return {
    ledger,
    keys: (kind?: Observation['kind']) =>
      ledger.observations
        .filter(observation => !kind || observation.kind === kind)
        .map(({ key }) => key),
    async run(options: { later?: number } = {}) {
      now += options.later ?? 60_000;
      fake.requests.length = 0;
      const run = await collect(source, { cursor, now: () => now });
      run.batches.forEach(batch => ledger.apply(batch));
      cursor = run.cursor;
      if (run.error) {
        throw run.error;
      }
      return {
        observations: run.batches.flatMap(batch => batch.observations),
        notices: run.batches.at(-1)?.notices,
        batches: run.batches,
        read: fake.requests.filter(request =>
          request.includes('/api/v1/applications/'),
        ),
      };
    },
  };
}

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

it('keeps what it may not see any more, says so, and goes on', async () => {
  for (let n = 0; n < 10; n += 1) {
    fake.apps.push(
      createApplication({ name: `app-${n}`, project: n < 2 ? 'a' : 'b' }),
    );
  }
  const following = follow();
  await following.run();
  fake.mayRead = ({ project }) => project === 'b';
  syncAgain(fake.apps[5]);
  fake.apps[5].spec.project = 'b';
  const refused = await following.run();
  expect(refused.notices).toEqual([
    expect.stringMatching(/^2 applications: Argo CD refuses to show them/),
  ]);
  expect(following.keys('application')).toHaveLength(10);
  expect(following.keys()).toContain('uid-argocd-app-5:2');
  expect(unseenOf(refused)).toEqual([
    ['app:uid-argocd-app-0', expect.stringContaining('403')],
    ['app:uid-argocd-app-1', expect.stringContaining('403')],
  ]);
  // They are not asked for again each time.
  expect((await following.run()).read).toEqual([]);
  fake.mayRead = () => true;
  const seen = await following.run();
  expect(seen.notices).toEqual([]);
  expect(unseenOf(seen)).toEqual([]);
});

it('says of what it failed at that it is as it was before, until it is read again', async () => {
  fake.apps.push(
    createApplication({ name: 'bad' }),
    createApplication({ name: 'good' }),
  );
  const following = follow();
  await following.run();
  fake.broken.add('bad');
  syncAgain(fake.apps[0]);
  const failed = await following.run();
  expect(unseenOf(failed)).toEqual([
    ['app:uid-argocd-bad', expect.stringContaining('500')],
  ]);
  const since = failed.batches.at(-1)?.unseen?.[0].since;
  expect((await following.run()).batches.flatMap(b => b.unseen ?? [])).toEqual(
    [],
  );
  syncAgain(fake.apps[1]);
  // Still since then, whatever else moves.
  fake.apps.splice(1, 1);
  expect((await following.run()).batches.at(-1)?.unseen?.[0].since).toBe(since);
  fake.broken.clear();
  expect(unseenOf(await following.run())).toEqual([]);
});

it('asks again for one that is listed and refused, and says nothing new', async () => {
  fake.apps.push(createApplication({ name: 'cart', namespace: 'team-a' }));
  // Listed, though it may not be read by itself.
  let asked = 0;
  fake.mayRead = () => asked++ % 2 === 0;
  const following = follow();
  const { notices } = await following.run();
  expect(notices).toEqual([expect.stringContaining('(403)')]);
  const next = await following.run();
  expect(next.read).toHaveLength(1);
  expect(next.batches).toEqual([]);
  fake.mayRead = () => true;
  expect((await following.run()).notices).toEqual([]);
  expect(following.keys('application')).toEqual(['app:uid-team-a-cart']);
});

it('one application that Argo CD fails at is set aside, and asked for again', async () => {
  fake.apps.push(
    createApplication({ name: 'bad' }),
    createApplication({ name: 'good' }),
  );
  fake.broken.add('bad');
  const following = follow();
  const { batches, notices } = await following.run();
  expect(batches.flatMap(({ rejected }) => rejected ?? [])).toEqual([
    expect.objectContaining({ key: 'argocd/bad' }),
  ]);
  expect(notices?.[0]).toMatch(/^1 application: .*\(500\)/);
  expect(following.keys('application')).toEqual(['app:uid-argocd-good']);
  // Alone it does not stop a run either, and is asked once.
  expect((await following.run()).read).toHaveLength(1);
  fake.broken.clear();
  expect((await following.run()).notices).toEqual([]);
  expect(following.keys('application')).toHaveLength(2);
});

it('fails where Argo CD fails at all it is asked for', async () => {
  for (let n = 0; n < 6; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
    fake.broken.add(`app-${n}`);
  }
  await expect(follow().run()).rejects.toMatchObject({
    code: 'unreachable',
    status: 500,
  });
});

it.each<[string, (response: ServerResponse) => void]>([
  ['502', say(502, 'bad gateway')],
  ['504', say(504, '')],
  ['400', say(400, '{}')],
  ['413', say(413, '{}')],
  ['a web page', say(200, '<html>login</html>')],
  ['half an answer', say(200, '{"metadata":')],
  ['a redirect', say(301, '{}', { location: 'http://169.254.169.254/' })],
  ['a broken connection', response => response.destroy()],
  ['nothing', () => {}],
])('reads all but the one that %s comes of', async (_, answer) => {
  for (let n = 10; n < 80; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  fake.sick.set('app-15', answer);
  const following = follow(createSource({ url: fake.url }, { timeoutMs: 900 }));
  const { notices, batches } = await following.run();
  expect(following.keys('application')).toHaveLength(69);
  expect(batches.flatMap(({ rejected }) => rejected ?? [])).toMatchObject([
    { key: 'argocd/app-15' },
  ]);
  expect(notices).toEqual([expect.stringMatching(/^1 application: Argo CD/)]);
  syncAgain(fake.apps[30]);
  // The others come first.
  const { read } = await following.run();
  expect(read.map(request => /app-\d+/.exec(request)?.[0])).toEqual([
    'app-40',
    'app-15',
  ]);
  fake.sick.clear();
  expect((await following.run()).notices).toEqual([]);
  expect(following.keys('application')).toHaveLength(70);
});

it('many that fail by themselves do not hide the others for long', async () => {
  for (let n = 10; n < 90; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
    if (n < 40) {
      fake.sick.set(`app-${n}`, say(400, '{}'));
    }
  }
  const following = follow();
  let failed = 0;
  for (let run = 0; run < 10; run += 1) {
    try {
      await following.run();
    } catch {
      failed += 1;
    }
  }
  expect(following.keys('application')).toHaveLength(50);
  expect(failed).toBeLessThan(8);
  fake.sick.delete('app-20');
  for (let run = 0; run < 3; run += 1) {
    await following.run();
  }
  expect(following.keys('application')).toHaveLength(51);
  fake.sick.clear();
  await following.run();
  expect(following.keys('application')).toHaveLength(80);
});

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

it.each([401, 429])('ends the run at %s of any', async status => {
  fake.apps.push(
    createApplication({ name: 'bad' }),
    createApplication({ name: 'good' }),
  );
  fake.sick.set('bad', say(status, '{}'));
  await expect(follow().run()).rejects.toMatchObject({ status });
});

it('sweeps nothing that an error hides', async () => {
  for (let n = 0; n < 10; n += 1) {
    fake.apps.push(createApplication({ name: `app-${n}` }));
  }
  const following = follow();
  await following.run();
  fake.apps.splice(4, 1);
  fake.broken.add('app-4');
  await following.run();
  expect(following.keys('application')).toHaveLength(10);
  fake.broken.clear();
  await following.run();
  expect(following.keys('application')).toHaveLength(9);
});

it('says why there may be nothing', async () => {
  const { notices } = await follow().run();
  expect(notices).toEqual([expect.stringContaining('argocd-rbac-cm')]);
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

describe('signing in with a password', () => {
  const account = { username: 'day2', password: 'right' };
  const signIns = () =>
    fake.requests.filter(request => request.includes('/session'));
  const create = (more = {}) =>
    createSource({ url: fake.url, ...account, ...more });

  beforeEach(() => {
    fake.tokens.add('nobody');
    fake.users.set('day2', 'right');
    for (let n = 0; n < 5; n += 1) {
      fake.apps.push(createApplication({ name: `app-${n}` }));
    }
  });

  it('makes one session for all, and a new one when it is refused', async () => {
    const source = create();
    const first = await collect(source);
    expect(first.error).toBeUndefined();
    expect(signIns()).toHaveLength(1);
    // As after a restart of Argo CD with another key.
    fake.tokens.clear();
    fake.tokens.add('nobody');
    const next = await collect(source, { reread: true });
    expect(next.error).toBeUndefined();
    expect(signIns()).toHaveLength(2);
  });

  it('renews a session before it ends', async () => {
    fake.sessionSeconds = 30;
    const source = create();
    await collect(source);
    const before = signIns().length;
    await collect(source);
    expect(signIns().length).toBeGreaterThan(before);
  });

  it('says what is wrong with the password, without it', async () => {
    const { error, log } = await collect(create({ password: 'wrong-one' }));
    expect(error).toMatchObject({
      code: 'credential-refused',
      fix: expect.stringContaining('username and password'),
    });
    expect(`${String(error)} ${log}`).not.toContain('wrong-one');
  });
});

it('says how to mend a refused token', async () => {
  fake.tokens.add('another');
  const { error } = await collect(createSource({ url: fake.url }));
  expect(error).toMatchObject({
    code: 'credential-refused',
    fix: expect.stringContaining('argocd account generate-token'),
  });
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

/** Keys and reasons of what could not be read, as said last. */
function unseenOf({ batches }: { batches: SourceBatch[] }) {
  return batches.at(-1)?.unseen?.map(({ key, reason }) => [key, reason]);
}
