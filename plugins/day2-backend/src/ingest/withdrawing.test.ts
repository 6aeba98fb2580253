import { TestDatabases } from '@backstage/backend-test-utils';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { IngestService } from './IngestService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

const first = deployment({
  key: 'a:1',
  versionName: '1.0.0',
  finishedAt: 1000,
});

describe.each(databases.eachSupportedId())('withdrawing on %s', id => {
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

  describe('of many, as by a force push', () => {
    const shas = Array.from({ length: 450 }, (_, n) => shaOf(`c${n}`));
    const said = shas.flatMap((sha, n) => [
      commit({ sha, position: n }),
      change({
        key: `${sha}:change`,
        at: n,
        sha,
        repository: 'shop',
        touches: [repositoryTouch('shop')],
      }),
    ]);
    const gone = shas.map(sha => ({
      kind: 'withdrawn' as const,
      keyPrefix: sha,
      reason: 'history was rewritten',
    }));
    const standing = async () => {
      const { counts } = await hub.database('source').first('counts');
      return JSON.parse(counts);
    };

    it('lets readers in between, and takes them all', async () => {
      await hub.observe(GIT, said);
      const answers: unknown[] = [];
      let working = true;
      const reader = (async () => {
        while (working) {
          await new Promise(resolve => setTimeout(resolve, 1));
          answers.push(await hub.database('observation').first('seq'));
        }
      })();
      expect(await hub.observe(GIT, gone)).toMatchObject({ applied: 450 });
      working = false;
      await reader;
      expect(answers.length).toBeGreaterThan(0);
      expect(await standing()).toEqual({ change: 0, commit: 0 });
      expect(
        await hub.database('git_commit').where({ withdrawn: false }),
      ).toEqual([]);
      expect(
        await hub
          .database('dirty_change')
          .count({ n: '*' })
          .then(([{ n }]) => Number(n)),
      ).toBe(450);
    });

    it('under one key too', async () => {
      await hub.observe(
        GIT,
        Array.from({ length: 700 }, (_, n) =>
          deployment({ key: `a:${n}`, versionName: `1.${n}`, finishedAt: n }),
        ),
      );
      await hub.observe(GIT, [
        { kind: 'withdrawn', keyPrefix: 'a', reason: 'gone' },
        deployment({ key: 'b:1', versionName: '2.0', finishedAt: 1 }),
      ]);
      expect(await standing()).toEqual({ deployment: 1 });
    });

    it('moves no cursor before all is done, and goes on where it was interrupted', async () => {
      await hub.observe(GIT, said, { cursor: { at: 'before' } });
      const leases = hub.sources.leases({
        holder: 'a',
        now: () => hub.time,
        leaseMs: 15_000,
      });
      await hub.sources.makeDue({ id: GIT });
      const lease = await leases.acquire(GIT);
      let asked = 0;
      const interrupted = IngestService.create({
        database: hub.database,
        environments: [],
        // The lease runs out after some slices.
        now: () => hub.time + (asked++ < 5 ? 0 : 15_000),
      });
      await expect(
        interrupted.applyBatch({
          sourceId: GIT,
          epoch: lease!.epoch,
          batch: { observations: gone, cursor: { at: 'after' } },
        }),
      ).rejects.toThrow('lease');
      hub.time += 15_000;
      expect((await standing()).change).toBeLessThan(450);
      expect((await standing()).change).toBeGreaterThan(0);
      expect(await hub.database('source').first('cursor')).toEqual({
        cursor: '{"at":"before"}',
      });
      await hub.observe(GIT, gone, { cursor: { at: 'after' } });
      expect(await standing()).toEqual({ change: 0, commit: 0 });
    });

    it('leaves a subject with what is last said of it', async () => {
      const kept = deployment({
        key: 'kept:1',
        versionName: '0.9',
        finishedAt: 1,
      });
      await hub.observe(GIT, [kept]);
      await hub.observe(
        GIT,
        Array.from({ length: 400 }, (_, n) =>
          deployment({
            key: `a:${n}`,
            versionName: `1.${n}`,
            finishedAt: 10 + n,
            subject: {
              ...kept.subject,
              traits: { ...kept.subject.traits, labels: { n: String(n) } },
            },
          }),
        ),
      );
      await hub.observe(GIT, [
        { kind: 'withdrawn', keyPrefix: 'a', reason: 'gone' },
      ]);
      const subject = await hub.database('subject').first();
      expect(subject.traits_by).toBe('kept:1');
      expect(JSON.parse(subject.traits)).toEqual(kept.subject.traits);
    });
  });
});
