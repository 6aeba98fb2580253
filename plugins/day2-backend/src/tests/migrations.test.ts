import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { dumpTables } from '../__testUtils__/dumpTables';
import { addIncidentServices, observeLines } from '../__testUtils__/incidents';
import { emptied } from '../__testUtils__/emptied';
import { deployment } from '../__testUtils__/observations';
import { worldOf } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const directory = resolvePackagePath(
  '@day2/backstage-plugin-day2-backend',
  'migrations',
);

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  async function tables(hub: TestHub): Promise<string[]> {
    const rows =
      id === 'SQLITE_3'
        ? await hub
            .database('sqlite_master')
            .where('type', 'table')
            .whereNot('name', 'like', 'sqlite_%')
            .select('name')
        : await hub
            .database('information_schema.tables')
            .where('table_schema', 'public')
            .select('table_name as name');
    return rows
      .map(row => row.name as string)
      .filter(name => !name.startsWith('knex_'))
      .sort();
  }

  it('go up, hold data, down to nothing, and up again', async () => {
    const hub = await TestHub.create(await emptied(await databases.init(id)));
    const all = await tables(hub);
    expect(all.length).toBeGreaterThan(20);
    await hub.addService({ id: 's', ref: 'component:default/payments-api' });
    await hub.observe('git:a', worldOf(1, { commits: 5, deployments: 5 }));
    await hub.derive();
    expect((await dumpTables(hub.database)).deployment).not.toEqual([]);

    await hub.database.migrate.rollback({ directory }, true);
    expect(await tables(hub)).toEqual([]);

    await hub.database.migrate.latest({ directory });
    expect(await tables(hub)).toEqual(all);
    expect((await dumpTables(hub.database)).deployment).toEqual([]);
  });

  it('give failures that are stored their start', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const migration = {
      directory,
      name: '20261121000030_failure_started.js',
    };
    await hub.addService({ id: 's', ref: 'component:default/payments-api' });
    await hub.observe('git:a', worldOf(1, { commits: 5, deployments: 5 }));
    await hub.derive();
    await database.migrate.down(migration);
    const [{ deployment_id }] = await database('delivery')
      .limit(1)
      .select('deployment_id');
    await database('delivery').update({ recovery: null });
    await database('delivery')
      .where({ deployment_id })
      .update({ recovery: 'open' });

    await database.migrate.up(migration);
    const rows = await database('delivery').orderBy('deployment_id');
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row.failure_started_at).toBe(
        row.deployment_id === deployment_id ? row.finished_at : null,
      );
    }
  });

  it('judge all incidents again, by what is judged by now', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const migration = { directory, name: '20261121000140_judged_again.js' };
    await addIncidentServices(hub);
    await observeLines(hub, 'pd 1 10-20\npd 2 2010-');
    await database.migrate.down(migration);
    const incidents = await database('incident').orderBy('id').pluck('id');
    expect(incidents).toHaveLength(2);
    await database('suspect').delete();
    await database('dirty_suspect').insert({
      incident_id: incidents[0],
      since: 1,
    });

    await database.migrate.up(migration);
    const marks = await database('dirty_suspect').orderBy('incident_id');
    expect(marks.map(each => each.incident_id)).toEqual(incidents);
    expect(marks.map(({ generation }) => generation)).toEqual([2, 1]);
    await hub.derive();
    expect(await database('dirty_suspect')).toEqual([]);
    expect(
      await database('suspect').distinct('incident_id').orderBy('incident_id'),
    ).toEqual(incidents.map(incident_id => ({ incident_id })));
  });

  it('know every sequence as of the first definitions, without deployments too', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const migration = {
      directory,
      name: '20261121000031_derived_sequence.js',
    };
    for (const name of ['payments-api', 'cart']) {
      await hub.addService({
        id: name,
        ref: `component:default/${name}`,
        annotations: { 'day2/gitops-path': `apps/${name}/**` },
      });
    }
    const of = (application: string, environment: string) =>
      deployment({
        key: `${application} ${environment}`,
        application,
        environment,
        versionName: '1',
        finishedAt: 1_000,
      });
    await hub.observe('git:a', [of('payments-api', 'prod'), of('cart', 'lab')]);
    await hub.derive();
    const sequences = () =>
      database('derived_sequence')
        .orderBy('service_id')
        .select('service_id', 'environment');
    const all = await sequences();
    expect(all).toEqual([
      { service_id: 'cart', environment: 'lab' },
      { service_id: 'payments-api', environment: 'production' },
    ]);
    await database.migrate.down(migration);
    for (const table of ['deployment', 'delivery']) {
      await database(table).where({ service_id: 'cart' }).delete();
    }

    await database.migrate.up(migration);
    expect(await sequences()).toEqual(all);
    // Of what a release before stored, all is derived again.
    expect((await hub.worker.pending()).sequences).toBe(2);
    await hub.derive();
    expect((await hub.worker.pending()).sequences).toBe(0);
    expect(await database('deployment').pluck('service_id')).toContain('cart');
  });
});
