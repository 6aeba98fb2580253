import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { people } from '../__testUtils__/people';
import {
  iso,
  keysOf,
  startIncidentHub,
} from '../__testUtils__/startIncidentHub';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('incident words on %s', id => {
  type Hub = Awaited<ReturnType<typeof startIncidentHub>>;
  let hub: Hub;
  let database: Knex;
  let get: Hub['get'];
  let post: Hub['post'];
  let one: Hub['one'];
  let ids: Hub['ids'];

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startIncidentHub(database);
    ({ get, post, one, ids } = hub);
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('lets owners of a visible service alone correct it, and keeps what they said', async () => {
    const path = `/incidents/${ids['other 2']}/words`;
    const body = { field: 'impactStartedAt', value: iso(5), why: 'logs' };
    const refused = await post(path, body, people.platform);
    expect(refused.status).toBe(403);
    expect((await post(path, body, people.other)).status).toBe(404);
    const said = await post(path, body);
    expect(said.body).toEqual({
      done: `The impact started ${iso(5)}`,
      incidentId: ids['other 2'],
    });
    const details = await one(ids['other 2']);
    expect(details.incident).toMatchObject({
      startedAt: iso(5),
      times: { detect: { value: 300 }, restore: { value: 15 * 60 } },
      instants: {
        impactStartedAt: {
          at: iso(5),
          words: [{ origin: { kind: 'person', why: 'logs' } }],
        },
      },
    });
    expect(details.said).toMatchObject([
      {
        text: `The impact started ${iso(5)}`,
        why: 'logs',
        person: { userRef: 'user:default/ana' },
      },
    ]);
    expect(hub.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'say-of-incident',
        status: 'succeeded',
        meta: { id: ids['other 2'], field: 'impactStartedAt' },
      }),
    );
    // Nobody's name is stored with it.
    const [row] = await database('incident_said').where('why', 'logs');
    expect(JSON.stringify(row)).not.toContain('ana');

    const [{ id: saidId }] = details.said;
    const takeBack = () =>
      post(`/incidents/${ids['other 2']}/taken-back`, { said: saidId });
    expect((await takeBack()).body.done).toMatch(/^Taken back: The impact/);
    const after = await one(ids['other 2']);
    expect(after.incident.startedAt).toBe(iso(10));
    expect(after.said[0].takenBack.person.userRef).toBe('user:default/ana');
    const again = await takeBack();
    expect([again.status, again.body.error.message]).toEqual([
      400,
      expect.stringContaining('taken back already'),
    ]);
  });

  it.each([
    [
      'words',
      { field: 'resolvedAt', value: iso(9) },
      /is before the detection/,
    ],
    [
      'words',
      { field: 'impactStartedAt', value: iso(15) },
      /is after the detection/,
    ],
    ['words', { field: 'mitigatedAt', value: iso(900) }, /in the future/],
    ['words', { field: 'resolvedAt', value: 'soon' }, /body/],
    [
      'grouping',
      { kind: 'together', with: 'itself' },
      /both are this incident/,
    ],
    ['grouping', { kind: 'together', with: 'none' }, /No incident/],
    [
      'grouping',
      {
        kind: 'apart',
        references: [
          { source: 'am', key: 'other' },
          { source: 'pd', key: '2' },
        ],
      },
      /leave at least one/,
    ],
    [
      'grouping',
      { kind: 'apart', references: [{ source: 'am', key: 'late' }] },
      /none of this incident/,
    ],
    [
      'suspects',
      { candidate: 'nobody', verdict: 'confirmed' },
      /none of the suspects/,
    ],
    ['taken-back', { said: 'nothing' }, /nobody said that/],
  ])('refuses nonsense: %s %j', async (what, body, message) => {
    const own = JSON.parse(
      JSON.stringify(body).replace('itself', ids['other 2']),
    );
    const answer = await post(`/incidents/${ids['other 2']}/${what}`, own);
    expect(answer.status).toBe(
      'with' in body && body.with === 'none' ? 404 : 400,
    );
    expect(answer.body.error.message).toMatch(message);
  });

  it('merges and splits; every id leads to what it is now', async () => {
    const { 'other 2': first, late } = ids;
    // Of the other team: sees one of the two alone.
    const refused = await post(
      `/incidents/${ids['secret 1']}/grouping`,
      { kind: 'together', with: first },
      people.other,
    );
    expect(refused.status).toBe(404);
    const merged = await post(`/incidents/${late}/grouping`, {
      kind: 'together',
      with: first,
      why: 'one cause',
    });
    expect(merged.body).toEqual({
      done: 'Merged: “am late of PAY” and “pd 2 of PAY” are one incident of 3 references',
      incidentId: first,
    });
    const whole = await one(late);
    expect([whole.incident.id, keysOf(whole.incident)]).toEqual([
      first,
      ['other', '2', 'late'],
    ]);
    const split = await post(`/incidents/${late}/grouping`, {
      kind: 'apart',
      references: [
        { source: 'am', key: 'other' },
        { source: 'am', key: 'late' },
      ],
    });
    expect(split.status).toBe(200);
    expect(keysOf((await one(split.body.incidentId)).incident)).toEqual(['2']);
    expect(keysOf((await one(first)).incident)).toEqual(['other', 'late']);
    expect(split.body.splitOffId).toBe(first);
    // Taken back in any order: as the tools have it.
    for (const incidentId of [split.body.incidentId, first]) {
      for (const each of (await one(incidentId)).said) {
        if (!each.takenBack) {
          await post(`/incidents/${incidentId}/taken-back`, {
            said: each.id,
          });
        }
      }
    }
    const { body } = await get('/incidents');
    expect(body.items.map((item: any) => keysOf(item).join(' '))).toEqual([
      'secret 1',
      'late',
      'other 2',
    ]);
  });

  it('a split is taken back by whoever owns something of both sides', async () => {
    const split = await post(`/incidents/${ids['secret 1']}/grouping`, {
      kind: 'apart',
      references: [{ source: 'am', key: 'secret' }],
    });
    expect(split.status).toBe(200);
    const { incidentId } = split.body;
    const [{ id: said }] = (await one(incidentId, people.other)).said;
    // Owns a service of `pd 1`, and none of what was split off it.
    const refused = await post(
      `/incidents/${incidentId}/taken-back`,
      { said },
      people.other,
    );
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('ask the owners of that one'),
    ]);
    expect(keysOf((await one(incidentId)).incident)).toEqual(['1']);
    const done = await post(`/incidents/${incidentId}/taken-back`, { said });
    expect(done.status).toBe(200);
    expect(keysOf((await one(incidentId)).incident)).toEqual(['secret', '1']);
  });

  it('what changed before is suspected, and judged by an owner who sees it', async () => {
    const incidentId = ids['secret 1'];
    const details = await one(incidentId);
    expect(details.before.map((each: any) => each.kind)).toEqual([
      'deployment',
    ]);
    expect(details.suspects).toMatchObject([
      { kind: 'deployment', label: expect.stringContaining('v7'), hops: 0 },
    ]);
    const [{ id: candidate }] = details.suspects;
    const theirs = await one(incidentId, people.other);
    expect([theirs.suspects, theirs.hiddenSuspects, theirs.before]).toEqual([
      [],
      1,
      [],
    ]);
    const judge = (verdict: string, as?: string) =>
      post(`/incidents/${incidentId}/suspects`, { candidate, verdict }, as);
    expect((await judge('rejected', people.other)).status).toBe(400);
    for (const verdict of ['rejected', 'confirmed'] as const) {
      const { body } = await judge(verdict);
      expect(body.done).toMatch(
        verdict === 'confirmed' ? /v7.* caused it/ : /v7.* did not cause it/,
      );
      const { suspects, said } = await one(incidentId);
      expect(suspects[0].state).toBe(verdict);
      expect(said[0].text).toBe(body.done);
    }
    expect((await one(incidentId)).incident.suspect).toMatchObject({
      id: candidate,
      state: 'confirmed',
    });
    const list = await get('/incidents?state=unresolved', people.other);
    expect(list.body.items[0].suspect).toBeUndefined();
    expect(JSON.stringify((await one(incidentId, people.other)).said)).toMatch(
      /A change caused it/,
    );
  });

  it('of what many say at once nothing is lost', async () => {
    const path = `/incidents/${ids['secret 1']}/words`;
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((value, n) =>
        post(
          path,
          { field: 'priority', value },
          n % 2 === 0 ? people.owner : people.other,
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const { said: all, incident } = await one(ids['secret 1']);
    const said = all.filter(({ takenBack }: any) => !takenBack);
    expect(said).toHaveLength(7);
    // The last word stands.
    expect(said[0].text).toBe(`It is P${incident.priority}`);
    expect(new Set(said.map(({ at: when }: any) => when)).size).toBe(7);
    expect(incident.priorityReasons[0].text).toMatch(
      /^user:default\/(ana|bo) says that it is P\d$/,
    );
  });
});
