import { TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { differences, dumpTables } from '../__testUtils__/dumpTables';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { shuffledWorld, worldOf } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

// What tells when and how often something came, not what is known.
const WITHOUT = [
  'source.cursor',
  'source.progress',
  'hub_state.value',
  'subject.match_due',
];

describe.each(databases.eachSupportedId())('any order on %s', id => {
  async function hubWithServices(): Promise<TestHub> {
    const hub = await TestHub.create(await databases.init(id));
    for (const [i, name] of ['payments-api', 'cart', 'ledger'].entries()) {
      await hub.addService({
        id: `s${i}`,
        ref: `component:default/${name}`,
        annotations: { 'github.com/project-slug': 'tern/payments' },
      });
    }
    return hub;
  }

  it.each([1, 2])(
    'the same observations make the same records: seed %d',
    async seed => {
      const world = worldOf(seed);
      const straight = await hubWithServices();
      await straight.observe('git:a', world);
      await straight.derive();
      const expected = await dumpTables(straight.database, {
        without: WITHOUT,
      });
      expect(expected.deployment.length).toBeGreaterThan(20);
      expect(expected.deployment_commit.length).toBeGreaterThan(5);
      expect(expected.timeline.length).toBeGreaterThan(20);

      // In pieces, some of them twice, derived between, by two replicas.
      const mixed = await hubWithServices();
      const replica = mixed.replica();
      const pieces = shuffledWorld(world, seed);
      for (let at = 0; at < pieces.length; at += 41) {
        const piece = pieces.slice(at, at + 41);
        await mixed.observe('git:a', piece);
        if (at % 3 === 0) {
          await replica.observe('git:a', shuffledWorld(piece, at));
        }
        if (at % 2 === 0) {
          await Promise.all([mixed.derive(), replica.derive()]);
        }
      }
      await mixed.derive();
      await replica.derive();
      expect(await mixed.worker.pending()).toEqual({
        applications: 0,
        incidents: 0,
        objectives: 0,
        sequences: 0,
        subjects: 0,
        changes: 0,
      });
      const actual = await dumpTables(mixed.database, { without: WITHOUT });
      expect(differences(actual, expected)).toEqual({});
    },
  );

  it('services that come after their past have it all the same', async () => {
    const world: Observation[] = [
      deployment({ key: 'a:1', versionName: shaOf(1), finishedAt: 1000 }),
      commit({ sha: shaOf(1), position: 1 }),
      change({
        key: `${shaOf(1)}:change`,
        at: 900,
        sha: shaOf(1),
        repository: 'payments',
        touches: [repositoryTouch('payments')],
      }),
    ];
    const before = await hubWithServices();
    await before.observe('git:a', world);
    await before.derive();

    const after = await TestHub.create(await databases.init(id));
    await after.observe('git:a', world);
    await after.derive();
    expect(await after.database('deployment')).toEqual([]);
    for (const [i, name] of ['payments-api', 'cart', 'ledger'].entries()) {
      await after.addService({
        id: `s${i}`,
        ref: `component:default/${name}`,
        annotations: { 'github.com/project-slug': 'tern/payments' },
      });
      await after.derive();
    }
    const expected = await dumpTables(before.database, { without: WITHOUT });
    expect(expected.deployment).toHaveLength(1);
    expect(
      differences(
        await dumpTables(after.database, { without: WITHOUT }),
        expected,
      ),
    ).toEqual({});
  });
});
