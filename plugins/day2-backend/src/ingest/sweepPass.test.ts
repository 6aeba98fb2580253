import { TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { application, deployment } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';
const ARGOCD = 'argocd:eu';

describe.each(databases.eachSupportedId())('sweeping on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 's1', ref: 'component:default/payments-api' });
  });

  async function deployments(): Promise<Record<string, any>[]> {
    await hub.derive();
    return hub.database('deployment').orderBy(['finished_at', 'id']);
  }

  it('a complete pass sweeps what it did not name', async () => {
    const all = [1, 2, 3, 4].map(n =>
      deployment({
        key: `d${n}`,
        versionName: `${n}.0.0`,
        finishedAt: n * 1000,
      }),
    );
    await hub.observe(GIT, all, { pass: { id: 'p1', complete: true } });
    await hub.observe(GIT, all.slice(0, 2), { pass: { id: 'p2' } });
    await hub.observe(GIT, all.slice(3), {
      pass: { id: 'p2', complete: true },
    });
    expect((await deployments()).map(({ version }) => version)).toEqual([
      '1.0.0',
      '2.0.0',
      '4.0.0',
    ]);
  });

  it('a sweep of many goes on until all are gone, and counts them', async () => {
    const all = Array.from({ length: 2400 }, (_, n) =>
      deployment({ key: `d${n}`, versionName: `${n}.0.0`, finishedAt: n }),
    );
    await hub.observe(GIT, all, { pass: { id: 'p1', complete: true } });
    await hub.observe(GIT, all.slice(700), {
      pass: { id: 'p2', complete: true },
    });
    expect(
      await hub.database('observation').whereNotNull('withdrawn_at'),
    ).toHaveLength(700);
    const { counts } = await hub.database('source').first('counts');
    expect(JSON.parse(counts)).toMatchObject({ deployment: 1700 });
  });

  it('a pass that misses more than 30 % sweeps nothing, and says so', async () => {
    const all = [1, 2, 3].map(n =>
      deployment({
        key: `d${n}`,
        versionName: `${n}.0.0`,
        finishedAt: n * 1000,
      }),
    );
    await hub.observe(GIT, all, { pass: { id: 'p1', complete: true } });
    // Many new ones do not hide that a third of the old ones is gone.
    const fresh = [7, 8, 9].map(n =>
      deployment({
        key: `d${n}`,
        versionName: `${n}.0.0`,
        finishedAt: n * 1000,
      }),
    );
    await hub.observe(GIT, [...all.slice(1), ...fresh], {
      pass: { id: 'p2', complete: true },
    });
    expect(await deployments()).toHaveLength(6);
    const { hub_notices } = await hub.database('source').first('hub_notices');
    expect(JSON.parse(hub_notices)).toEqual([
      expect.stringContaining('1 of 3 items vanished'),
    ]);
    await hub.observe(GIT, [...all, ...fresh], {
      pass: { id: 'p3', complete: true },
    });
    expect(await hub.database('source').first('hub_notices')).toEqual({
      hub_notices: '[]',
    });
  });

  it('a pass of some kinds sweeps those alone, and keeps what stands', async () => {
    const past = [1, 2, 3].map(n =>
      deployment({
        key: `u${n}:0`,
        versionName: `${n}.0.0`,
        finishedAt: n * 1000,
        basis: 'synced',
      }),
    );
    const apps = [1, 2, 3, 4].map(n => application({ key: `app:u${n}` }));
    await hub.observe(ARGOCD, [...past, ...apps]);
    const pass = { complete: true, kinds: ['application' as const] };
    // Two of four are too many, though they are less than 30 % of all.
    await hub.observe(ARGOCD, [apps[0]], {
      pass: { ...pass, id: 'p1', standing: ['app:u2'] },
    });
    const { hub_notices } = await hub.database('source').first('hub_notices');
    expect(JSON.parse(hub_notices)).toEqual([
      expect.stringContaining('2 of 4 items vanished'),
    ]);
    await hub.observe(ARGOCD, [], {
      pass: { ...pass, id: 'p2', standing: ['app:u1', 'app:u2', 'app:u3'] },
    });
    expect(
      await hub
        .database('observation')
        .whereNotNull('withdrawn_at')
        .select('key'),
    ).toEqual([{ key: 'app:u4' }]);
    const { counts } = await hub.database('source').first('counts');
    expect(JSON.parse(counts)).toEqual({ application: 3, deployment: 3 });
  });

  describe('of what a small account misses', () => {
    const MINUTE = 60_000;
    const onCall = (n: number) =>
      ({
        kind: 'on-call',
        key: `on-call:${n}`,
        version: 1,
        subject: { key: `service ${n}`, kind: 'incident-service', traits: {} },
        person: { key: `P${n}`, namespace: 'pagerduty' },
        level: 1,
      } as Observation);
    let passes = 0;
    async function list(...all: number[]) {
      passes += 1;
      await hub.observe('pagerduty:main', all.map(onCall), {
        pass: { id: `p${passes}`, kinds: ['on-call'], complete: true },
      });
    }
    const standing = () =>
      hub
        .database('observation')
        .whereNull('withdrawn_at')
        .orderBy('key')
        .pluck('key');
    const notices = async () =>
      JSON.parse(
        (await hub.database('source').first('hub_notices')).hub_notices,
      );

    it('comes through once it stayed away for ten minutes', async () => {
      await list(1, 2);
      await list(1);
      hub.time += 9 * MINUTE;
      await list(1);
      expect(await standing()).toEqual(['on-call:1', 'on-call:2']);
      expect(await notices()).toEqual([
        expect.stringContaining('1 of 2 items vanished at once'),
      ]);
      hub.time += MINUTE;
      await list(1);
      expect(await standing()).toEqual(['on-call:1']);
      expect(await notices()).toEqual([]);
      const { counts } = await hub.database('source').first('counts');
      expect(JSON.parse(counts)).toEqual({ 'on-call': 1 });
    });

    it('counts for each by itself, anew where it was back', async () => {
      await list(1, 2, 3);
      await list(1);
      hub.time += 8 * MINUTE;
      await list(1, 3);
      await list(1);
      hub.time += 2 * MINUTE;
      await list(1);
      // The third was missed for two minutes.
      expect(await standing()).toEqual(['on-call:1', 'on-call:3']);
      hub.time += 8 * MINUTE;
      await list(1);
      expect(await standing()).toEqual(['on-call:1']);
    });

    it('counts anew where a clock was ahead as it was missed first', async () => {
      await list(1, 2);
      const real = hub.time;
      hub.time = real + 365 * 24 * 60 * MINUTE;
      await list(1);
      hub.time = real;
      await list(1);
      hub.time += 10 * MINUTE;
      await list(1);
      expect(await standing()).toEqual(['on-call:1']);
    });

    it('takes a day where all is gone, as with the list of somebody else', async () => {
      await list(1, 2);
      await list(8, 9);
      hub.time += 23 * 60 * MINUTE;
      await list();
      expect(await standing()).toHaveLength(4);
      await list(1, 2);
      await list();
      hub.time += 24 * 60 * MINUTE;
      await list();
      expect(await standing()).toEqual([]);
    });
  });
});
