import type { ServerResponse } from 'node:http';
import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
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

const say = (status: number, body: string, headers = {}) => {
  return (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
};

const follow = (source?: ReturnType<typeof createSource>) =>
  followSource({ fake, source });

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

/** Keys and reasons of what could not be read, as said last. */
function unseenOf({ batches }: { batches: SourceBatch[] }) {
  return batches.at(-1)?.unseen?.map(({ key, reason }) => [key, reason]);
}
