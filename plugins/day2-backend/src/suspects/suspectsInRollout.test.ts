import { TestDatabases } from '@backstage/backend-test-utils';
import { minutes, observeLines } from '../__testUtils__/incidents';
import type { TestHub } from '../__testUtils__/testHub';
import { measureServices } from './__testUtils__/measureServices';
import { deployed, SuspectsHub } from './__testUtils__/suspectsHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

/** From 20:20 on: of the bad release's first slot a part is bad. */
const AT = 2000;
const bad = (minute: number) =>
  ({ [AT]: 34, [AT + 5]: 500, [AT + 10]: 5 }[minute] ?? 1);
const quiet = () => 1;

/** 20:23:57, as minutes. */
const at = (time: string) => {
  const [minute, second] = time.split(':').map(Number);
  return AT + minute - 20 + second / 60;
};

describe.each(databases.eachSupportedId())('a roll-out on %s', id => {
  let world: SuspectsHub;
  let hub: TestHub;

  beforeEach(async () => {
    world = await SuspectsHub.create(await databases.init(id));
    hub = world.hub;
  });

  const of = (application: string) => ({
    application,
    subject: deployed('x', 0, { application }).subject,
  });

  /** 2.0 of service a, from 20:23:57 on, and what else was deployed before it. */
  async function release(finished: string, others: [string, number][]) {
    for (const application of ['b', 'c', 'd']) {
      await world.dependsOn('a', application);
    }
    await world.deploy(
      deployed('1.0', 0),
      ...['b', 'c', 'd'].map(name => deployed('0.1', 0, of(name))),
      ...others.map(([name, minute], index) =>
        deployed(`0.${index + 2}`, minute, of(name)),
      ),
      deployed('2.0', at(finished), { startedAt: minutes(at('23:57')) }),
    );
  }

  /** `suspected 2.0 time 2.5 errors 1.7: Errors …`: the likeliest. */
  async function first(): Promise<string> {
    const [row] = await hub
      .database('suspect')
      .where({ role: 'cause', rank: 0 });
    const { label, factors } = JSON.parse(row.record);
    const added = (name: string) => {
      const { logOdds, reason } = factors.find(
        ({ factor }: { factor: string }) => factor === name,
      );
      return { text: reason.text, logOdds: logOdds.toFixed(1) };
    };
    const errors = added('errors');
    return `${row.state} ${label.split(' ').pop()} time ${
      added('time').logOdds
    } errors ${errors.logOdds}: ${errors.text}`;
  }

  const gains = (state: string) =>
    expect.stringMatching(
      new RegExp(
        `^${state} 2.0 time 2.5 errors 2.0: Errors began (while it was being rolled out|within \\d+ min of it)$`,
      ),
    );

  it.each([
    ['first', '24:40'],
    ['when all pods were healthy', '26:13'],
  ])(
    'gains by errors that came with it, finished %s, whenever one looks',
    async (_, finished) => {
      await release(finished, [
        ['b', AT - 45],
        ['c', AT - 12],
        ['d', AT - 100],
      ]);
      await observeLines(hub, `pd 1 ${at('24:39')}-`);
      // Known until 20:20, until 20:25, until 20:30.
      const services = { a: bad, b: quiet };
      await measureServices(hub, services, AT);
      expect(await first()).toMatch(
        /2.0 time 2.5 errors 0.0: What errors did after it is not known$/,
      );
      for (const until of [AT + 5, AT + 10]) {
        await measureServices(hub, services, until);
        expect(await first()).toEqual(gains('suspected'));
      }
      // Mended by the next version: no rollback tells.
      await observeLines(hub, `pd 1 ${at('24:39')}-${at('31:00')} v=2`);
      await measureServices(hub, services, AT + 60);
      expect(await first()).toEqual(gains('suspected'));
      await world.deploy(deployed('3.0', at('29:00')));
      expect(await first()).toEqual(gains('suspected'));
    },
  );

  it('gains before and after its rollback, which confirms it', async () => {
    await release('26:13', [['b', AT - 12]]);
    await observeLines(hub, `pd 1 ${at('24:39')}-`);
    await measureServices(hub, { a: bad }, AT + 10);
    expect(await first()).toEqual(gains('suspected'));
    await world.deploy(deployed('1.0', at('29:00')));
    expect(await first()).toEqual(gains('confirmed'));
    await observeLines(hub, `pd 1 ${at('24:39')}-${at('31:00')} v=2`);
    await measureServices(hub, { a: bad }, AT + 60);
    expect(await first()).toEqual(gains('confirmed'));
    // From its detection, before the last pods were healthy, to the end.
    expect(await world.delivered()).toContainEqual(
      expect.stringMatching(/^2\.0 .* incident 6\.35$/),
    );
  });

  it('is suspected beside nine that other services deployed in the hours before', async () => {
    await release('26:13', [
      ['b', at('19:39')],
      ['c', at('13:39')],
      ['d', AT - 25],
      ['b', AT - 40],
      ['c', AT - 60],
      ['d', AT - 75],
      ['b', AT - 90],
      ['c', AT - 120],
      ['d', AT - 150],
    ]);
    await observeLines(hub, `pd 1 ${at('24:39')}-`);
    expect(await first()).toMatch(/^candidate /);
    await measureServices(hub, { a: bad }, AT + 10);
    expect(await first()).toEqual(gains('suspected'));
    await measureServices(hub, { a: bad, b: quiet, c: quiet }, AT + 60);
    expect(await first()).toEqual(gains('suspected'));
  });
});
