import { TestDatabases } from '@backstage/backend-test-utils';
import type { AlertRule } from '@day2/backstage-plugin-day2-node';
import { TestHub } from '../__testUtils__/testHub';
import { AlertRuleStore } from './AlertRuleStore';
import { NamedAlertReads } from './NamedAlertReads';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const rule = (name: string, group = 'g'): AlertRule => ({
  name,
  group,
  query: 'up',
  durationSeconds: 0,
  labels: {},
  annotations: {},
  state: 'inactive',
  alerts: [],
});

describe.each(databases.eachSupportedId())('named alerts on %s', id => {
  it('are kept with what no database takes in a name', async () => {
    const { database } = await TestHub.create(await databases.init(id));
    const store = AlertRuleStore.create({ database });
    const ours = { source: 'p', holder: 'h' };
    await store.claim({ ...ours, now: 1, until: 99 });
    const rules = [
      rule('Good'),
      rule('odd\0name'),
      rule('Other', 'odd\0group'),
    ];
    await store.replace({ ...ours, rules, readAt: 5, nextAt: 6 });
    expect(await store.rules({ source: 'p' })).toEqual(rules);
    expect(
      await store.rules({ source: 'p', names: ['odd\0name', 'Good'] }),
    ).toEqual(rules.slice(0, 2));
  });

  it('are taken apart once for each reading, and each annotation', async () => {
    const { database } = await TestHub.create(await databases.init(id));
    const store = AlertRuleStore.create({ database });
    const read = jest.spyOn(store, 'rules');
    const ours = { source: 'p', holder: 'h' };
    const replace = async (names: string[], readAt: number) => {
      await store.claim({ ...ours, now: readAt, until: readAt + 99 });
      await store.replace({
        ...ours,
        rules: names.map(name => rule(name)),
        readAt,
        nextAt: readAt,
      });
    };
    const reads = NamedAlertReads.create({ rules: store, now: () => 0 });
    const of = async (readAt: number, labels: Record<string, string> = {}) => {
      const named = { all: true, names: [], labels };
      const { items } = await reads.of({ source: 'p', readAt, named });
      return items.map(({ name }) => name);
    };
    await replace(['One', 'Two'], 100);
    for (let look = 0; look < 3; look += 1) {
      expect(await of(100)).toEqual(['One', 'Two']);
      expect(await of(100, { team: 'cart' })).toEqual([]);
    }
    expect(read).toHaveBeenCalledTimes(1);
    await replace(['Three'], 200);
    expect(await of(200)).toEqual(['Three']);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
