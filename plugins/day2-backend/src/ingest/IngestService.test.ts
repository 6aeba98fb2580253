import { TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { dumpTables } from '../__testUtils__/dumpTables';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

const first = deployment({
  key: 'a:1',
  versionName: '1.0.0',
  finishedAt: 1000,
});

describe.each(databases.eachSupportedId())('IngestService on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 's1', ref: 'component:default/payments-api' });
  });

  async function deployments(): Promise<Record<string, any>[]> {
    await hub.derive();
    return hub.database('deployment').orderBy(['finished_at', 'id']);
  }

  async function payload(key: string): Promise<Record<string, any>> {
    const row = await hub.database('observation').where({ key }).first();
    return JSON.parse(row.payload);
  }

  it('makes deployments of observations', async () => {
    const result = await hub.observe(GIT, [
      first,
      deployment({ key: 'b:1', versionName: '1.1.0', finishedAt: 2000 }),
    ]);
    expect(result).toEqual({ applied: 2, ignored: 0, rejected: 0 });
    const rows = await deployments();
    expect(rows).toMatchObject([
      { service_id: 's1', environment: 'production', version: '1.0.0' },
      { version: '1.1.0', previous_id: rows[0].id },
    ]);
    expect(await hub.worker.pending()).toEqual({
      sequences: 0,
      subjects: 0,
      changes: 0,
    });
    expect(await hub.database('timeline').count({ n: '*' })).toMatchObject([
      { n: expect.anything() },
    ]);
  });

  it('the same again changes nothing', async () => {
    await hub.observe(GIT, [first]);
    await hub.derive();
    const before = await dumpTables(hub.database);
    expect(await hub.observe(GIT, [first])).toMatchObject({
      applied: 0,
      ignored: 1,
    });
    expect(await hub.worker.pending()).toMatchObject({ sequences: 0 });
    expect(await dumpTables(hub.database)).toEqual(before);
  });

  it('an older version is ignored, but fills what the newer left unsaid', async () => {
    const older = { ...first, version: 1, title: 'Old', url: 'https://a' };
    const newer = { ...first, version: 2, title: 'New' };
    await hub.observe(GIT, [newer]);
    await hub.observe(GIT, [older]);
    expect(await payload('a:1')).toMatchObject({
      title: 'New',
      url: 'https://a',
    });
    await hub.observe(GIT, [
      { ...first, version: 3, url: null } as unknown as Observation,
    ]);
    expect(await payload('a:1')).toMatchObject({ title: 'New', url: null });
  });

  it('the same version with other content replaces it', async () => {
    await hub.observe(GIT, [{ ...first, title: 'Typo' }]);
    await hub.observe(GIT, [first]);
    expect(await payload('a:1')).not.toHaveProperty('title');
  });

  it('lands nothing once the lease is lost', async () => {
    const leases = hub.sources.leases({
      holder: 'a',
      now: () => hub.time,
      leaseMs: 15_000,
    });
    await leases.register([GIT]);
    const lease = await leases.acquire(GIT);
    hub.time += 15_000;
    const taken = await hub.sources
      .leases({ holder: 'b', now: () => hub.time, leaseMs: 15_000 })
      .acquire(GIT);
    expect(taken?.epoch).toBe(lease!.epoch + 1);
    await expect(
      hub.ingest.applyBatch({
        sourceId: GIT,
        epoch: lease!.epoch,
        batch: { observations: [first], cursor: { at: 1 } },
      }),
    ).rejects.toThrow('lease');
    expect(await hub.database('observation')).toEqual([]);
    expect(await hub.database('source').first('cursor')).toEqual({
      cursor: null,
    });
  });

  it('lands nothing once the lease has run out, though nobody took it', async () => {
    const leases = hub.sources.leases({
      holder: 'a',
      now: () => hub.time,
      leaseMs: 15_000,
    });
    await leases.register([GIT]);
    const lease = await leases.acquire(GIT);
    hub.time += 15_000;
    await expect(
      hub.ingest.applyBatch({
        sourceId: GIT,
        epoch: lease!.epoch,
        batch: { observations: [first], cursor: {} },
      }),
    ).rejects.toThrow('lease');
  });

  it('withdraws by prefix, whole words of it only', async () => {
    await hub.observe(GIT, [
      first,
      deployment({ key: 'a:2', versionName: '1.1.0', finishedAt: 2000 }),
      deployment({ key: 'A:1', versionName: '1.2.0', finishedAt: 3000 }),
      deployment({ key: 'ab:1', versionName: '1.3.0', finishedAt: 4000 }),
      deployment({ key: 'a', versionName: '1.4.0', finishedAt: 5000 }),
    ]);
    expect(await deployments()).toHaveLength(5);
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'a', reason: 'history was rewritten' },
    ]);
    expect((await deployments()).map(({ version }) => version)).toEqual([
      '1.2.0',
      '1.3.0',
    ]);
    const { counts } = await hub.database('source').first('counts');
    expect(JSON.parse(counts)).toEqual({ deployment: 2 });
  });

  it('takes withdrawn ones in again, without what they said before', async () => {
    await hub.observe(GIT, [{ ...first, title: 'Before' }]);
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'a:1', reason: 'read anew' },
      { ...first, version: 2 },
    ]);
    expect(await deployments()).toHaveLength(1);
    expect(await payload('a:1')).not.toHaveProperty('title');
  });

  it('keeps a withdrawn change, superseded', async () => {
    await hub.observe(GIT, [
      change({
        key: 'c:change',
        at: 5,
        sha: shaOf('c'),
        repository: 'shop',
        touches: [repositoryTouch('shop')],
      }),
    ]);
    await hub.derive();
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'c', reason: 'history was rewritten' },
    ]);
    await hub.derive();
    const [row] = await hub.database('change');
    expect(row.state).toBe('superseded');
    expect(JSON.parse(row.record).supersededReason).toBe(
      'history was rewritten',
    );
  });

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

  it('withdraws what a prefix and a colon begin, and nothing beside it', async () => {
    const keys = [
      'a',
      'a:1',
      'a:z',
      'A:1',
      'a;',
      'ab',
      'a0',
      'a%:1',
      'b',
      'a:',
    ];
    await hub.observe(
      GIT,
      keys.map((key, i) =>
        deployment({ key, versionName: `${i}.0.0`, finishedAt: i }),
      ),
    );
    const left = async (keyPrefix: string) => {
      await hub.observe(GIT, [
        { kind: 'withdrawn', keyPrefix, reason: 'gone' },
      ]);
      const rows = await hub.database('observation').whereNull('withdrawn_at');
      return rows.map(({ key }) => key).sort();
    };
    expect(await left('a%')).toHaveLength(keys.length - 1);
    expect(await left('a')).toEqual(['A:1', 'a0', 'a;', 'ab', 'b']);
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

  it('quarantines what it cannot take in, and the rest lands', async () => {
    const bad = { ...first, key: 'bad', finishedAt: Number.NaN };
    const result = await hub.observe(GIT, [first, bad], {
      rejected: [
        {
          key: 'x',
          reason: 'not YAML at https://me:secret@host/x',
          item: { token: 'abc', author: 'Ana Lima', mail: 'ana@tern.example' },
        },
      ],
      skipped: { 'helm template': 2 },
    });
    expect(result).toEqual({ applied: 1, ignored: 0, rejected: 2 });
    const rows = await hub.database('quarantine').orderBy('key');
    expect(rows).toMatchObject([
      { key: 'bad', reason: expect.stringContaining('finishedAt') },
      { key: 'x', reason: 'not YAML at https://host/x' },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/abc|Ana|tern\.example/);
    // Again: one row each, and skipped ones add up.
    await hub.observe(GIT, [bad], { skipped: { 'helm template': 1 } });
    expect(await hub.database('quarantine')).toHaveLength(2);
    const { skipped } = await hub.database('source').first('skipped');
    expect(JSON.parse(skipped)).toEqual({ 'helm template': 3 });
  });

  it('keeps names and addresses in the tables of persons alone', async () => {
    const ana = {
      namespace: 'email',
      key: 'Ana@Tern.example',
      name: 'Ana Lima',
    };
    await hub.observe(GIT, [
      { ...first, actor: ana, title: 'Deployed by Ana Lima' },
      commit({
        sha: shaOf('c1'),
        position: 1,
        authors: [ana],
        title: 'Fix, says ana@tern.example',
      }),
      change({
        key: 'c1:change',
        at: 5,
        authors: [ana],
        message:
          'Fix\n\nReported by Ana Lima\nCo-authored-by: Bo Berg <bo@tern.example>\nRef: PAY-1',
        touches: [
          {
            ...repositoryTouch('payments'),
            fields: [
              { file: 'a', field: 'mail', from: 'x', to: 'ana@tern.example' },
            ],
          },
        ],
      }),
    ]);
    await hub.derive();
    const dump = JSON.stringify({
      ...(await raw()),
      person: [],
      person_alias: [],
    }).toLowerCase();
    expect(dump).not.toMatch(/ana lima|bo berg|tern\.example/);
    expect(dump).toContain('pay-1');
    expect(await hub.database('person')).toMatchObject([{ name: 'Ana Lima' }]);
    const [{ record }] = await hub.database('deployment');
    const [{ id: personId }] = await hub.database('person');
    expect(JSON.parse(record).actorId).toBe(personId);
  });

  async function raw(): Promise<Record<string, unknown[]>> {
    const tables = Object.keys(await dumpTables(hub.database));
    const all: Record<string, unknown[]> = {};
    for (const table of tables) {
      all[table] = await hub.database(table);
    }
    return all;
  }

  describe('posted deployments', () => {
    const posted = deployment({
      key: 'p1',
      versionName: '1.0.0',
      finishedAt: 1000,
      basis: 'event',
      subject: {
        key: 'component:default/payments-api',
        kind: 'service',
        traits: { entityRef: 'component:default/payments-api' },
      },
    });
    const idempotency = { principal: 'user:a', key: 'k', bodyHash: 'h' };

    it('are taken in once for each key', async () => {
      const post = () =>
        hub.ingest.applyPosted({ observation: posted, idempotency });
      const answers = await Promise.all([post(), post(), post()]);
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(answers.every(({ key }) => key === 'k')).toBe(true);
      expect(await deployments()).toMatchObject([
        { version: '1.0.0', basis: 'event' },
      ]);
    });

    it('conflict where the key came with another body', async () => {
      await hub.ingest.applyPosted({ observation: posted, idempotency });
      await expect(
        hub.ingest.applyPosted({
          observation: posted,
          idempotency: { ...idempotency, bodyHash: 'other' },
        }),
      ).rejects.toThrow('another body');
      // Keys are the principal's own.
      await expect(
        hub.ingest.applyPosted({
          observation: { ...posted, key: 'p2' },
          idempotency: { ...idempotency, principal: 'user:b' },
        }),
      ).resolves.toEqual({ repeated: false, key: 'k' });
    });

    it('are refused as a whole where they are not well formed', async () => {
      await expect(
        hub.ingest.applyPosted({
          observation: { ...posted, versionName: '' },
          idempotency,
        }),
      ).rejects.toThrow('versionName');
      expect(await hub.database('idempotency')).toEqual([]);
    });
  });
});
