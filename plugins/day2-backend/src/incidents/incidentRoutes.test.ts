import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  DeploymentObservation,
  IncidentObservation,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE_MS = 60_000;
const HOUR = 60;
const began = Date.now() - 5 * HOUR * MINUTE_MS;
const at = (minute: number) => began + minute * MINUTE_MS;
const iso = (minute: number) => new Date(at(minute)).toISOString();

const payments = component('payments-api', 'payments', {
  'pagerduty.com/service-id': 'PAY, BOTH',
  'day2/runbook': 'https://wiki.example/payments',
});
const search = component('search-api', 'storefront', {
  'pagerduty.com/service-id': 'SEARCH, BOTH',
});

/** `pd 1 PAY 10-60`: source, key, service of the tool, open from and to. */
function told(line: string): IncidentObservation {
  const [source, key, service, open] = line.split(' ');
  const [from, to] = open.split('-').map(Number);
  return {
    kind: 'incident',
    key,
    version: 1,
    subject: {
      key: service,
      kind: 'incident-service',
      traits: { toolService: { tool: 'pagerduty', id: service } },
    },
    tool: source === 'am' ? 'alertmanager' : 'pagerduty',
    nature: source === 'am' ? 'alert' : 'incident',
    title: `${source} ${key} of ${service}`,
    words: [{ field: 'severity', word: 'critical' }],
    detectedAt: at(from),
    ...(to ? { resolvedAt: at(to) } : {}),
    runbook: `https://wiki.example/${service}`,
  };
}

/** Five minutes before `secret` opens. */
const release: DeploymentObservation = {
  kind: 'deployment',
  key: 'release',
  version: 1,
  subject: {
    key: 'payments',
    kind: 'service',
    traits: { entityRef: 'component:default/payments-api' },
  },
  environment: 'production',
  basis: 'provider',
  rollout: 'succeeded',
  versionName: 'v7',
  finishedAt: at(203),
};

describe.each(databases.eachSupportedId())('incident routes on %s', id => {
  let hub: Awaited<ReturnType<typeof startHub>>;
  let database: Knex;
  let ids: Record<string, string>;
  let order: string[];

  const get = async (path: string, as = people.owner) =>
    await hub.call('get', path, as);
  const post = async (path: string, body: object, as = people.owner) =>
    await hub.call('post', path, as).send(body);
  const one = async (incidentId: string, as = people.owner) =>
    (await get(`/incidents/${incidentId}`, as)).body;
  const keysOf = (incident: { references: { key: string }[] }) =>
    incident.references.map(({ key }) => key);

  beforeAll(async () => {
    database = await databases.init(id);
    const sources = (['am', 'pd'] as const).map(name =>
      sourceOf({
        id: name,
        kinds: ['incident', 'on-call', 'deployment'],
        async *pull() {
          const lines =
            name === 'am'
              ? [
                  'am secret PAY 208',
                  'am other PAY 10-20',
                  'am late PAY 110-120',
                ]
              : ['pd 1 BOTH 210', 'pd 2 PAY 11-30', 'pd 3 SEARCH 60-70'];
          yield {
            observations: [
              ...lines.map(told),
              ...(name === 'pd' ? [release] : []),
              ...(name === 'pd'
                ? [1, 2].map(level => ({
                    kind: 'on-call' as const,
                    key: `call ${level}`,
                    version: 1,
                    subject: told('pd 1 BOTH 10').subject,
                    person: {
                      namespace: 'pagerduty',
                      key: `P${level}`,
                      name: `Person ${level}`,
                    },
                    level,
                    schedule: 'Payments',
                    until: level === 1 ? Date.now() + 1e6 : Date.now() - 1e6,
                  }))
                : []),
            ],
            cursor: { done: true },
          };
        },
      }),
    );
    hub = await startHub({
      database,
      entities: () => [payments, search],
      sources,
    });
    // Both sources are read, and all that they say is derived.
    let items: any[] = [];
    await until(async () => {
      items = (await get('/incidents', people.platform)).body.items;
      return items.length === 4;
    });
    order = items.map(item => keysOf(item).join(' '));
    ids = Object.fromEntries(
      items.map(item => [keysOf(item).join(' '), item.id]),
    );
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('lists those of visible services, newest first, page by page', async () => {
    expect(order).toEqual(['secret 1', 'late', '3', 'other 2']);
    const { body } = await get('/incidents?limit=1');
    expect(body.items.map(keysOf)).toEqual([['secret', '1']]);
    const next = await get(`/incidents?limit=5&cursor=${body.nextCursor}`);
    expect(next.body.items.map(keysOf)).toEqual([['late'], ['other', '2']]);
    expect(next.body).toMatchObject({
      facets: {
        owners: ['group:default/payments'],
        systems: [],
        unresolved: 1,
      },
      sources: { total: 2, fine: 2 },
    });
    expect(next.body.nextCursor).toBeUndefined();
  });

  it.each([
    [
      'state=unresolved&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z',
      ['secret 1'],
    ],
    ['state=resolved', ['late', 'other 2']],
    ['priority=2', []],
    ['priority=1', ['secret 1', 'late', 'other 2']],
    ['text=LATE', ['late']],
    ['owner=group:default/payments', ['secret 1', 'late', 'other 2']],
    ['owner=group:default/storefront', []],
    ['environment=staging', ['secret 1', 'late', 'other 2']],
    [`from=${iso(105)}&to=${iso(208)}`, ['late']],
    [`from=${iso(115)}&to=${iso(209)}`, ['secret 1', 'late']],
  ])('filtered by %s', async (query, expected) => {
    const { body } = await get(`/incidents?${query}`);
    expect(body.items.map((item: any) => keysOf(item).join(' '))).toEqual(
      expected,
    );
    expect(body.empty?.reason).toBe(
      expected.length ? undefined : 'nothing-found',
    );
  });

  it('tells nothing of references of services that one may not see', async () => {
    const { body } = await get(`/incidents/${ids['secret 1']}`, people.other);
    expect(body.incident).toMatchObject({
      title: 'pd 1 of BOTH',
      services: [{ title: 'search-api' }],
      hidden: 1,
      startedAt: iso(208),
    });
    expect(keysOf(body.incident)).toEqual(['1']);
    expect(JSON.stringify(body)).not.toMatch(/secret|payments|PAY/);
    const list = await get('/incidents?text=secret', people.other);
    expect(list.body.items).toEqual([]);
    const lines = await get(
      '/services/component/default/search-api/timeline?kinds=incident',
      people.other,
    );
    expect(lines.body.items.map((each: any) => each.title)).toEqual([
      'pd 1 of BOTH',
      'pd 3 of SEARCH',
    ]);
    expect((await one(ids['other 2'], people.other)).error.name).toBe(
      'NotFoundError',
    );
  });

  it('of a service says who is on call now, and the tile what is open', async () => {
    const list = await get(
      '/services/component/default/payments-api/incidents?state=unresolved',
    );
    expect(list.body.items.map(keysOf)).toEqual([['secret', '1']]);
    expect(list.body.onCall).toMatchObject([
      { person: { name: 'Person 1' }, level: 1, source: 'pd' },
    ]);
    const { body } = await get(
      '/services/component/default/payments-api/summary',
    );
    expect(body.tiles.incidents).toMatchObject({
      state: 'bad',
      headline: '1 open  P1',
      at: iso(208),
    });
    expect(body.header.onCall).toHaveLength(1);
    const fleet = await get('/fleet', people.platform);
    expect(
      fleet.body.items.map(({ incidents }: any) => incidents.headline),
    ).toEqual(['1 open  P1', '1 open  P1']);
  });

  it('one tells its runbooks, times and who may correct it', async () => {
    const details = await one(ids['other 2']);
    expect(details).toMatchObject({
      canEdit: true,
      runbooks: ['https://wiki.example/PAY', 'https://wiki.example/payments'],
      incident: {
        state: 'resolved',
        times: {
          detect: { n: 0, reason: 'Nobody told when the impact started' },
          restore: { value: 10 * 60, unit: 'seconds', n: 1 },
        },
        instants: {
          resolvedAt: {
            at: iso(30),
            words: [{ origin: { key: '2' } }, { origin: { key: 'other' } }],
          },
        },
      },
      noChange: { state: 'candidate' },
    });
    expect((await one(ids['other 2'], people.platform)).canEdit).toBe(false);
    expect((await one(ids['secret 1'], people.other)).canEdit).toBe(true);
    expect((await one(ids['other 2'], people.service)).canEdit).toBe(false);
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
    // Taken back in any order: as the tools have it.
    for (const incidentId of [split.body.incidentId, first]) {
      for (const each of (await one(incidentId)).said) {
        if (!each.takenBack) {
          await post(`/incidents/${incidentId}/taken-back`, { said: each.id });
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
