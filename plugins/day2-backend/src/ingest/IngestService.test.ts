import { TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { dumpTables } from '../__testUtils__/dumpTables';
import {
  application,
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
      applications: 0,
      incidents: 0,
      objectives: 0,
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

  it('keeps no character that turns text around', async () => {
    await hub.observe(GIT, [
      { ...first, title: '\u2067Fixed\u2069 cart\u202egpj.exe and שלום' },
    ]);
    expect(await payload('a:1')).toMatchObject({
      title: 'Fixed cartgpj.exe and שלום',
    });
  });

  it('sets aside what a clock that is ahead dates, until that day', async () => {
    const soon = hub.time + 10 * 60_000;
    const ahead = [
      deployment({ key: 'a:2', versionName: '2.0.0', finishedAt: soon + 1 }),
      { ...first, key: 'a:3', startedAt: soon + 1 },
      application({ key: 'app:1', syncedAt: soon + 1 }),
      application({
        key: 'app:2',
        operation: {
          phase: 'running',
          startedAt: soon + 1,
          automated: true,
          revisions: [],
        },
      }),
    ];
    const near = deployment({
      key: 'a:4',
      versionName: '1.1.0',
      finishedAt: soon,
    });
    expect(await hub.observe(GIT, [first, ...ahead, near])).toEqual({
      applied: 2,
      ignored: 0,
      rejected: 4,
    });
    expect(
      (await hub.database('quarantine').orderBy('key')).map(
        ({ key, reason }) => `${key} ${reason.split(':')[0]}`,
      ),
    ).toEqual([
      'a:2 finishedAt',
      'a:3 startedAt',
      'app:1 syncedAt',
      'app:2 operation.startedAt',
    ]);
    expect((await deployments()).map(({ version }) => version)).toEqual([
      '1.0.0',
      '1.1.0',
    ]);
    // By then it is true.
    hub.time += 1;
    expect(await hub.observe(GIT, ahead)).toMatchObject({ applied: 4 });
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
});
