import { TestDatabases } from '@backstage/backend-test-utils';
import { minutes, observeLines } from '../__testUtils__/incidents';
import type { TestHub } from '../__testUtils__/testHub';
import { deployed, SuspectsHub } from './__testUtils__/suspectsHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('suspects on %s', id => {
  let world: SuspectsHub;
  let hub: TestHub;

  async function begin() {
    world = await SuspectsHub.create(await databases.init(id));
    hub = world.hub;
  }

  beforeEach(begin);

  it('the bad release is suspected, its rollback confirms it, and the figures follow', async () => {
    await world.deploy(deployed('1.0', 0), deployed('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-\nam x 2011-');
    expect(await world.told()).toEqual(['a 2.0 suspected above-threshold']);
    expect(await world.delivered()).toEqual(['2.0 incident-suspected open 0']);
    const [row] = await hub.database('delivery').where({ is_failed: true });
    expect(Boolean(row.failed_suspected)).toBe(true);

    await world.deploy(deployed('1.0', 2040));
    expect(await world.told()).toEqual(['a 2.0 confirmed rolled-back']);
    expect(await world.told('fix')).toEqual(['a 1.0 confirmed rollback']);
    expect(await world.delivered()).toEqual([
      '2.0 rolled-back incident-confirmed open 0',
      '1.0 rework:rollback rework:fixes-incident',
    ]);

    await observeLines(hub, 'pd 1 2010-2050 v=2 imp@2005\nam x 2011-2045 v=2');
    expect(await world.delivered()).toEqual([
      '2.0 rolled-back incident-confirmed incident 40',
      '1.0 rework:rollback rework:fixes-incident',
    ]);
    expect(await hub.rows('dirty_suspect')).toEqual([]);
    expect(await hub.rows('dirty_sequence')).toEqual([]);
    // The cell is of the rows.
    const cells = await hub.rows('delivery_cell');
    const counts = cells.map(cell => JSON.parse(cell.counts));
    expect(counts.map(({ failed = 0 }) => failed)).toContain(1);
    expect(counts.every(each => !each.failedSuspected)).toBe(true);
  });

  it('what comes late, moves or goes is judged anew, and the link goes with it', async () => {
    await world.deploy(deployed('1.0', 0), deployed('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await world.delivered()).toEqual([
      '2.0 incident-suspected incident 50',
    ]);

    // A nearer one was told late: neither of two is likely enough.
    await world.deploy(deployed('3.0', 2005));
    expect((await world.told()).map(each => each.split(' ')[2])).toEqual([
      'candidate',
      'candidate',
    ]);
    expect(await world.delivered()).toEqual([]);

    await hub.observe('argocd:a', [
      { kind: 'withdrawn', keyPrefix: 'a 2.0 2000', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await world.told()).toEqual(['a 3.0 suspected above-threshold']);
    expect(await world.delivered()).toEqual([
      '3.0 incident-suspected incident 45',
    ]);

    // An incident that is withdrawn never was.
    await hub.observe('pd', [
      { kind: 'withdrawn', keyPrefix: '1', reason: 'test' },
    ]);
    await hub.derive();
    expect(await hub.rows('suspect')).toEqual([]);
    expect(await world.delivered()).toEqual([]);
  });

  it('a person’s word wins, also on what is out of reach, and may be taken back', async () => {
    await world.deploy(
      deployed('1.0', 0),
      deployed('2.0', 10),
      deployed('3.0', 4000),
    );
    await observeLines(hub, 'pd 1 4010-4050');
    const deployments = await hub.database('deployment');
    const idOf = (version: string) =>
      deployments.find(each => each.version === version).id as string;
    await world.decide(idOf('3.0'), 'rejected');
    expect(await world.told()).toEqual(['a 3.0 rejected rejected-by-hand']);
    expect(await world.delivered()).toEqual([]);

    await world.decide(idOf('2.0'), 'confirmed');
    expect(await world.told()).toEqual([
      'a 2.0 confirmed confirmed-by-hand',
      'a 3.0 rejected rejected-by-hand',
    ]);
    expect(await world.delivered()).toEqual([
      `2.0 incident-confirmed incident ${4050 - 10}`,
    ]);

    await hub.database('incident_said').update({ taken_back_at: 1 });
    await world.judge();
    expect(await world.told()).toEqual(['a 3.0 suspected above-threshold']);
  });

  it('are of services that what is hit depended on then, two steps far, in its environment', async () => {
    await world.dependsOn('a', 'b');
    await world.dependsOn('b', 'c');
    await world.dependsOn('c', 'd');
    const at = (application: string, more: object = {}) =>
      deployed('7.0', 2000, { application, ...more });
    await world.deploy(
      at('b'),
      at('c'),
      at('d'),
      at('a', { environment: 'stag' }),
    );
    await observeLines(hub, 'pd 1 2010-2050');
    expect((await world.told()).map(each => each.split(' ')[0])).toEqual([
      'b',
      'c',
    ]);

    await observeLines(hub, 'pd 1 2010-2050 e=stag v=2');
    expect((await world.told()).map(each => each.split(' ')[0])).toEqual(['a']);

    // It depended on it only before.
    await observeLines(hub, 'pd 1 2010-2050 e=prod v=3');
    await hub
      .database('service_dependency')
      .where({ service_id: 'a' })
      .update({ valid_to: minutes(1000) });
    await world.judge();
    expect(await world.told()).toEqual([]);
  });

  it('tell of an incident of another service no more than that there is one', async () => {
    await world.dependsOn('a', 'b');
    await world.deploy(
      deployed('1.0', 0, { application: 'b' }),
      deployed('2.0', 2000, { application: 'b' }),
      deployed('1.0', 2040, { application: 'b' }),
    );
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await world.told()).toEqual(['b 2.0 confirmed rolled-back']);
    const rows = await hub
      .database('delivery')
      .where({ is_failed: true })
      .orWhere({ is_rework: true })
      .orderBy('finished_at');
    expect(rows).toHaveLength(2);
    for (const { reasons } of rows) {
      expect(reasons).not.toContain('pd 1');
      expect(reasons).toContain('one of a service that depends on it');
    }

    // It hits this one too: of what the tool says of this one.
    await observeLines(hub, 'am x 2012-2045 s=b');
    expect(await hub.rows('incident')).toHaveLength(2);
    await observeLines(hub, 'pd 2 2012-2045 s=a+b');
    const [{ references }] = (await hub.rows('incident')).map(row =>
      JSON.parse(row.record),
    );
    expect(references).toHaveLength(3);
    const [{ reasons }] = await hub.database('delivery').where({
      is_failed: true,
    });
    expect(reasons).not.toContain('pd 1');
    expect(reasons).toContain('pd 2');
  });

  it('are the same in whatever order all came', async () => {
    const parts: (() => Promise<unknown>)[] = [
      () => world.deploy(deployed('1.0', 0)),
      () => world.deploy(deployed('2.0', 2000)),
      () => world.deploy(deployed('1.0', 2040)),
      () => observeLines(hub, 'pd 1 2010-2050'),
      () => observeLines(hub, 'am x 2012-2045'),
    ];
    const orders = [
      [0, 1, 2, 3, 4],
      [3, 0, 2, 4, 1],
      [4, 2, 1, 3, 0],
    ];
    const found = [];
    for (const order of orders) {
      await begin();
      for (const at of order) {
        await parts[at]();
      }
      const rows = await hub.database('suspect').orderBy(['role', 'rank']);
      found.push({ rows, delivered: await world.delivered() });
    }
    expect(found[0].rows).toHaveLength(3);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });
});
