import { TestDatabases } from '@backstage/backend-test-utils';
import { TestHub } from '../__testUtils__/testHub';
import { WorkQueue } from '../derive/WorkQueue';
import { DirectoryLease } from '../services/DirectoryLease';
import { SourceLeases } from '../sources/SourceLeases';
import { AlertRuleStore } from '../metrics/AlertRuleStore';
import { isElapsed } from './elapsed';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

it.each([
  ['that is over', 0, true],
  ['that is not', 1, false],
  ['by another clock', 15 * MINUTE_MS + 10, false],
  ['longer than any', 15 * MINUTE_MS + 11, true],
])('a wait %s', (_, ahead, isOver) => {
  expect(isElapsed(1000 + ahead, { now: 1000, longestMs: 10 })).toBe(isOver);
});

describe.each(databases.eachSupportedId())(
  'what a clock took that was a day ahead is free, on %s',
  id => {
    it('work, sources, the catalog and rules of alerts', async () => {
      const hub = await TestHub.create(await databases.init(id));
      const { database } = hub;
      const now = () => hub.time;
      const real = hub.time;
      await database('dirty_incident').insert({
        source: 's',
        key: 'k',
        since: 1,
        generation: 1,
      });
      const queue = WorkQueue.create<{ source: string; key: string }>({
        database,
        table: 'dirty_incident',
        columns: ['source', 'key'],
        now,
        claimMs: MINUTE_MS,
      });
      const leases = SourceLeases.create({
        database,
        holder: 'a',
        leaseMs: MINUTE_MS,
        now,
      });
      await leases.register(['toy:a', 'toy:b']);
      const rules = AlertRuleStore.create({ database });
      const claimRules = () =>
        rules.claim({
          source: 'p',
          holder: 'a',
          now: now(),
          until: now() + MINUTE_MS,
        });
      const directory = DirectoryLease.create({ database, holder: 'a', now });
      const takeAll = async () => ({
        work: (await queue.claim(9)).length,
        due: (await leases.due()).filter(each => each.startsWith('toy')).sort(),
        rules: await claimRules(),
        directory: (await directory.take()) !== undefined,
      });
      const all = {
        work: 1,
        due: ['toy:a', 'toy:b'],
        rules: true,
        directory: true,
      };
      hub.time = real + DAY_MS;
      expect(await takeAll()).toEqual(all);
      const read = await leases.acquire('toy:a');
      await leases.recordSuccess(read!, { nextRunAt: now() + MINUTE_MS });
      await leases.acquire('toy:b');
      expect(await takeAll()).toEqual({
        work: 0,
        due: [],
        rules: false,
        directory: false,
      });
      hub.time = real;
      expect(await takeAll()).toEqual(all);
      for (const each of all.due) {
        const lease = await leases.acquire(each);
        await leases.recordSuccess(lease!, { nextRunAt: real + 2 * DAY_MS });
      }
      expect((await takeAll()).due).toEqual([]);
    });
  },
);
