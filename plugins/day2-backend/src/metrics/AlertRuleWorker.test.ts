import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { AlertRule, Source } from '@day2/backstage-plugin-day2-node';
import { sourceOf } from '../__testUtils__/startHub';
import { TestHub } from '../__testUtils__/testHub';
import { AlertRuleStore } from './AlertRuleStore';
import { AlertRuleWorker } from './AlertRuleWorker';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ruleOf = (name: string): AlertRule => ({
  name,
  group: 'g',
  query: 'q',
  durationSeconds: 0,
  labels: {},
  annotations: {},
  state: 'inactive',
  alerts: [],
});

describe.each(databases.eachSupportedId())('rules of alerts on %s', id => {
  async function open() {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    let alertRules = async (): Promise<AlertRule[]> => [ruleOf('A')];
    const tool = {
      reads: 0,
      answers: (answer: typeof alertRules) => {
        alertRules = answer;
      },
    };
    const source: Source = {
      ...sourceOf({ id: 'prometheus:main' }),
      measures: { names: ['main'], isDefault: true },
      metrics: {
        queryRange: async () => ({ series: [] }),
        alertRules: async () => {
          tool.reads += 1;
          return await alertRules();
        },
      },
    };
    const worker = () =>
      AlertRuleWorker.create({
        database,
        sources: () => [source],
        logger: mockServices.logger.mock(),
        now: () => hub.time,
      });
    const store = AlertRuleStore.create({ database });
    const names = async () =>
      (await store.rules({ source: source.id })).map(({ name }) => name);
    const reading = () => store.reading(source.id);
    const name = async (alert: string | undefined) => {
      await database('service').delete();
      await hub.addService({
        id: 'cart',
        ref: 'component:default/cart',
        annotations: alert ? { 'prometheus.io/alert': alert } : {},
      });
    };
    await name('A');
    return { hub, tool, worker, names, reading, name };
  }

  it('are read once a minute, by one replica', async () => {
    const { hub, tool, worker, names, reading } = await open();
    const [one, two] = [worker(), worker()];
    await Promise.all([one.run(), two.run(), one.run()]);
    expect([tool.reads, await names()]).toEqual([1, ['A']]);
    hub.time += 59_000;
    await two.run();
    expect(tool.reads).toBe(1);
    hub.time += 1_000;
    tool.answers(async () => [ruleOf('B'), ruleOf('A'), ruleOf('B')]);
    await Promise.all([one.run(), two.run()]);
    expect([tool.reads, await names()]).toEqual([2, ['B', 'A', 'B']]);
    expect(await reading()).toMatchObject({ readAt: hub.time });
  });

  it('stay where they cannot be read, with the reason and since when', async () => {
    const { hub, tool, worker, names, reading } = await open();
    const one = worker();
    await one.run();
    const readAt = hub.time;
    tool.answers(async () => {
      throw new Error('away');
    });
    hub.time += 60_000;
    const failingSince = hub.time;
    await one.run();
    hub.time += 60_000;
    await one.run();
    expect(await reading()).toEqual({
      readAt,
      failingSince,
      error: { code: 'internal', text: 'away' },
    });
    expect(await names()).toEqual(['A']);
    tool.answers(async () => Array.from({ length: 10_001 }, () => ruleOf('C')));
    hub.time += 60_000;
    await one.run();
    expect((await reading()).error?.text).toMatch(/10001 rules of alerts/);
    expect(await names()).toEqual(['A']);
    tool.answers(async () => []);
    hub.time += 60_000;
    await one.run();
    expect(await reading()).toEqual({ readAt: hub.time });
    expect(await names()).toEqual([]);
  });

  it('are not written by who was too slow: another has read since', async () => {
    const { hub, tool, worker, names } = await open();
    let answer: (rules: AlertRule[]) => void = () => {};
    const asked = new Promise<void>(resolve => {
      tool.answers(() => {
        resolve();
        return new Promise(done => {
          answer = done;
        });
      });
    });
    const slow = worker().run();
    await asked;
    hub.time += 120_000;
    tool.answers(async () => [ruleOf('new')]);
    await worker().run();
    answer([ruleOf('old')]);
    await slow;
    expect(await names()).toEqual(['new']);
  });

  it('are read where a service names alerts, and forgotten where none does any more', async () => {
    const { hub, tool, worker, names, reading, name } = await open();
    const one = worker();
    await name(undefined);
    await one.run();
    expect(tool.reads).toBe(0);
    await name('all');
    await one.run();
    expect(await names()).toEqual(['A']);
    await name(undefined);
    hub.time += 60_000;
    await one.run();
    expect([tool.reads, await names(), await reading()]).toEqual([1, [], {}]);
  });

  it('are free for others when a replica stops while it reads', async () => {
    const { tool, worker, names } = await open();
    const one = worker();
    let fail: (error: Error) => void = () => {};
    const asked = new Promise<void>(resolve => {
      tool.answers(() => {
        resolve();
        return new Promise((_, reject) => {
          fail = reject;
        });
      });
    });
    const run = one.run();
    await asked;
    const stopped = one.stop();
    fail(new Error('aborted'));
    await Promise.all([run, stopped]);
    tool.answers(async () => [ruleOf('A')]);
    await worker().run();
    expect(await names()).toEqual(['A']);
  });
});
