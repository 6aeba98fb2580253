import { TestDatabases } from '@backstage/backend-test-utils';
import { minutes, observeLines } from '../__testUtils__/incidents';
import { objective } from '../__testUtils__/objectives';
import { shaOf } from '../__testUtils__/observations';
import type { TestHub } from '../__testUtils__/testHub';
import { measureServices } from './__testUtils__/measureServices';
import { deployed, SuspectsHub } from './__testUtils__/suspectsHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('the onset on %s', id => {
  let world: SuspectsHub;
  let hub: TestHub;

  beforeEach(async () => {
    world = await SuspectsHub.create(await databases.init(id));
    hub = world.hub;
  });

  /** Slots until minute 2200: of each service one in ten is bad in `[from, to)`, else none. */
  const measured = (bad: Record<string, [number, number]>) =>
    measureServices(
      hub,
      Object.fromEntries(
        Object.entries(bad).map(([service, [from, to]]) => [
          service,
          (minute: number) => (minute >= from && minute < to ? 100 : 0),
        ]),
      ),
      2200,
    );

  /** `1.0 suspected Errors …`: what errors say of each suspect. */
  async function said(): Promise<string[]> {
    const rows = await hub.database('suspect').where('role', 'cause');
    return rows
      .sort((a, b) => a.rank - b.rank)
      .map(row => {
        const { label, factors } = JSON.parse(row.record);
        const { reason } = factors.find(
          ({ factor }: { factor: string }) => factor === 'errors',
        );
        return `${label.split(' ').pop()} ${row.state}: ${reason.text}`;
      });
  }

  it('a release that healthy traffic parts from the errors is not suspected', async () => {
    await world.deploy(deployed('1.0', 0), deployed('2.0', 2000));
    await observeLines(hub, 'pd 1 2033-2080');
    expect(await world.told()).toEqual(['a 2.0 suspected above-threshold']);
    await measured({ a: [2030, 2080] });
    expect(await said()).toEqual([
      '2.0 candidate: 30 min of healthy traffic lay between it and the first errors',
    ]);
  });

  it('one that errors began with is, however late they were noticed', async () => {
    await world.deploy(
      deployed('1.0', 0),
      deployed('2.0', 2001),
      deployed('3.0', 2040),
    );
    await observeLines(hub, 'pd 1 2050-2080');
    await measured({ a: [2005, 2080] });
    expect(await said()).toEqual([
      '2.0 suspected: Errors began 4 min to 9 min after it',
      '3.0 candidate: Errors had begun 28 min or more before it',
    ]);
  });

  it('what Git alone tells of took effect after it had landed', async () => {
    const landed = (version: string, at: number) =>
      deployed(version, at, {
        basis: 'desired',
        rollout: 'unknown',
        order: at,
        startedAt: undefined,
        manifestRevision: { repository: 'gitops', sha: shaOf(version) },
      });
    await hub.observe('git:a', [landed('1.0', 0), landed('2.0', 2001)]);
    await hub.derive();
    await observeLines(hub, 'pd 1 2018-2080');
    await measured({ a: [2015, 2080] });
    expect(await said()).toEqual([
      '2.0 suspected: Errors began 14 min to 19 min after it',
    ]);
  });

  it('of a dependency its own objective tells, before that of what is hit', async () => {
    const of = (application: string) => ({
      application,
      subject: deployed('x', 0, { application }).subject,
    });
    await world.dependsOn('a', 'b');
    await world.dependsOn('a', 'c');
    await world.deploy(
      deployed('1.0', 0, of('b')),
      deployed('2.0', 2000, of('b')),
      deployed('1.0', 0, of('c')),
      deployed('3.0', 2002, of('c')),
    );
    await observeLines(hub, 'pd 1 2010-2080');
    await measured({ a: [2005, 2080], b: [2000, 2080], c: [0, 0] });
    expect(await said()).toEqual([
      '2.0 suspected: Errors began within 5 min of it',
      '3.0 candidate: Errors went from 0 % to 0 % after it',
    ]);
  });

  it('what fails in planned downtime is no trouble, once it is said', async () => {
    await world.deploy(deployed('1.0', 0), deployed('2.0', 2050));
    await observeLines(hub, 'pd 1 2066-2080');
    // Noticed within the slot after the first.
    const bad = (minute: number) => {
      if (minute < 2000 || minute >= 2080) {
        return 0;
      }
      return minute < 2060 ? 1000 : 50;
    };
    await measureServices(hub, { a: bad }, 2200);
    expect(await said()).toEqual([
      '2.0 candidate: Errors had begun 43 min or more before it',
    ]);
    const excluded = [{ from: minutes(2000), to: minutes(2060) }];
    await hub.observe('openslo:catalog', [
      objective({ service: 'a', version: 2, objective: { excluded } }),
    ]);
    await hub.derive();
    expect(await said()).toEqual([
      '2.0 suspected: Errors began 10 min to 15 min after it',
    ]);
  });

  it.each([
    ['its own service', 'a', 'Errors began 4 min to 9 min after it'],
    ['what depends on it', 'c', 'Errors began 4 min to 9 min after it'],
  ])(
    'of what is hit the nearest tells, not older trouble of another: %s',
    async (_, application, told) => {
      const of = (name: string) => ({
        application: name,
        subject: deployed('x', 0, { application: name }).subject,
      });
      await world.dependsOn('a', 'c');
      await world.deploy(
        deployed('1.0', 0, of(application)),
        deployed('0.1', 0, of('b')),
        deployed('2.0', 2001, of(application)),
      );
      await observeLines(hub, 'pd 1 2010-2080 s=a+b');
      await measured({ a: [2005, 2080], b: [1950, 2080] });
      expect(await said()).toEqual([expect.stringContaining(`: ${told}`)]);
    },
  );
});
