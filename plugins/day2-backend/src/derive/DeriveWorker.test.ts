import { TestDatabases } from '@backstage/backend-test-utils';
import {
  change,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

describe.each(databases.eachSupportedId())('poisoned rows on %s', id => {
  let hub: TestHub;
  const touching = (key: string) =>
    change({
      key,
      at: 1,
      repository: 'payments',
      sha: shaOf(key),
      touches: [repositoryTouch('payments')],
    });

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
    // The environments are looked at once, before anything is there.
    await hub.derive();
    await hub.observe(GIT, [
      deployment({ key: 'd', versionName: '1', finishedAt: 1_000 }),
      deployment({
        key: 'e',
        versionName: '1',
        finishedAt: 2_000,
        environment: 'staging',
      }),
      touching('one'),
      touching('two'),
    ]);
  });

  /** Spoils a row; gives back how to mend it. */
  async function spoil(row: {
    table: string;
    where: object;
    column: string;
    value: string;
  }): Promise<() => Promise<void>> {
    const query = hub.database(row.table).where(row.where);
    const before = await query.clone().first(row.column);
    await query.clone().update({ [row.column]: row.value });
    return async () => {
      await query.clone().update({ [row.column]: before[row.column] });
    };
  }

  it.each([
    ['subject', 'subject', 'traits', { kind: 'repository' }],
    ['sequence', 'observation', 'payload', { key: 'd' }],
    ['change', 'observation', 'payload', { key: 'one' }],
  ])(
    'a bad %s stops nothing else, is counted and tried again',
    async (queue, table, column, where) => {
      const mend = await spoil({ table, column, where, value: '{not JSON' });
      await hub.derive();
      const failures = () => hub.database('derive_failure').select('*');
      expect(await failures()).toEqual([
        expect.objectContaining({
          queue,
          attempts: 1,
          error: expect.stringContaining('JSON'),
        }),
      ]);
      expect(await hub.worker.failed()).toBe(1);
      // The others are there.
      const deployments = await hub.rows('deployment');
      expect(deployments.map(row => row.environment)).toContain('staging');
      expect(await hub.rows('change')).toHaveLength(queue === 'change' ? 1 : 2);

      // Not before its time, then again, later and later.
      await hub.derive();
      expect(await failures()).toMatchObject([{ attempts: 1 }]);
      hub.time += 10_001;
      await hub.derive();
      expect(await failures()).toMatchObject([{ attempts: 2 }]);
      hub.time += 10_001;
      await hub.derive();
      expect(await failures()).toMatchObject([{ attempts: 2 }]);

      await mend();
      hub.time += 10_001;
      await hub.derive();
      expect(await hub.worker.failed()).toBe(0);
      expect(await hub.rows('deployment')).toHaveLength(2);
      expect(await hub.rows('change')).toHaveLength(2);
      expect(await hub.worker.pending()).toEqual({
        sequences: 0,
        subjects: 0,
        applications: 0,
        incidents: 0,
        objectives: 0,
        changes: 0,
      });
    },
  );
});
