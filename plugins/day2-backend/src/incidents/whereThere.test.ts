import { TestDatabases } from '@backstage/backend-test-utils';
import {
  addIncidentServices,
  minutes,
  observeLines,
} from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { whereThere } from './whereThere';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

const range = { from: minutes(100), to: minutes(7000) };

describe.each(databases.eachSupportedId())('incidents on %s', id => {
  it('are there in a range where they were not over before or began after', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    await addIncidentServices(hub);
    await observeLines(
      hub,
      [
        'pd before 10-99',
        'pd until 20-100 s=b',
        'pd within 5000-5010 s=c',
        'pd open 30- s=d',
        'pd mitigated 5500- mit@5600',
        'pd after 7000- s=b',
      ].join('\n'),
    );
    const there = (serviceId?: string) => {
      const query = database('incident')
        .orderBy('incident.started_at')
        .select('incident.title');
      whereThere(query, { database, range, serviceId });
      return query;
    };
    const expected = ['pd until', 'pd open', 'pd within', 'pd mitigated'];
    const found = async (serviceId?: string) =>
      (await there(serviceId)).map(({ title }: { title: string }) => title);
    expect(await found()).toEqual(expected);
    expect(await found('a')).toEqual(expected);
  });
});

it('what is over is found by an index', async () => {
  const { database } = await TestHub.create(await databases.init('SQLITE_3'));
  const query = database('incident').select('incident.id');
  whereThere(query, { database, range });
  const { sql, bindings } = query.toSQL().toNative();
  const plan: { detail: string }[] = await database.raw(
    `explain query plan ${sql}`,
    bindings,
  );
  const read = plan.map(({ detail }) => detail).join(', ');
  expect(read).toMatch(/over .*index incident_resolved_at_index/i);
  expect(read).not.toMatch(/scan (standing|over)/i);
});
