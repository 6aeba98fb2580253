import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { startIncidentHub } from '../__testUtils__/startIncidentHub';
import { incidentIdOf } from './incidentRows';
import { saidStore } from './saidStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('what people say on %s', id => {
  let hub: Awaited<ReturnType<typeof startIncidentHub>>;
  let database: Knex;
  let path: string;

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startIncidentHub(database);
    path = `/incidents/${hub.ids['other 2']}/words`;
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('is one line of plain text', async () => {
    const { body } = await hub.post(path, {
      field: 'title',
      value: 'Pay\u202Ements\n<!channel>\u0007',
      why: ' it\r\nis\u2066 so ',
    });
    expect(body.done).toBe('It is called “Payments <!channel>”');
    const { incident, said } = await hub.one(hub.ids['other 2']);
    expect([incident.title, said[0].why]).toEqual([
      'Payments <!channel>',
      'it is so',
    ]);
    const empty = await hub.post(path, { field: 'title', value: '\u202E' });
    expect([empty.status, empty.body.error.message]).toEqual([
      400,
      expect.stringContaining('is empty'),
    ]);
  });

  it('is so much in an hour, of which the newest is shown and the latest counts', async () => {
    const say = (value: number) =>
      hub.post(path, { field: 'priority', value: 1 + (value % 5) });
    await database('incident_said_reference').delete();
    await database('incident_said').delete();
    for (let n = 0; n < 60; n += 1) {
      expect((await say(n)).status).toBe(200);
    }
    const refused = await say(0);
    expect([refused.status, refused.body.error.message]).toEqual([
      429,
      expect.stringContaining('say more later'),
    ]);
    const first = await hub.one(hub.ids['other 2']);
    expect([first.said.length, first.moreSaid]).toEqual([60, undefined]);
    const about = first.incident.references.map(incidentIdOf);
    expect(
      (await saidStore.counting(database, about)).map(({ body }) => body),
    ).toEqual([expect.stringContaining('"value":5')]);

    await database('incident_said').decrement('at', 3_600_000);
    for (let n = 0; n < 41; n += 1) {
      expect((await say(1)).status).toBe(200);
    }
    const { said, moreSaid, incident } = await hub.one(hub.ids['other 2']);
    expect([said.length, moreSaid, incident.priority]).toEqual([100, 1, 2]);
    // What is taken back lets the one before it count.
    await database('incident_said')
      .whereNot('id', said[0].id)
      .where('body', 'like', '%"value":2%')
      .update({ taken_back_at: 1 });
    const { status } = await hub.post(
      `/incidents/${hub.ids['other 2']}/taken-back`,
      { said: said[0].id },
    );
    expect(status).toBe(200);
    expect((await hub.one(hub.ids['other 2'])).incident.priority).toBe(5);
  });
});
