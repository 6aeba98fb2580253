import { isSourceError } from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { at, iso, type Company, type Raw } from './__testUtils__/Company';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { follow } from './__testUtils__/follow';

let fake: FakePagerduty;
let company: Company;
let cart: Raw;
let ana: Raw;
let bo: Raw;

beforeEach(async () => {
  fake = await FakePagerduty.start();
  ({ company } = fake);
  cart = company.service('PCART', 'Cart');
  ana = company.user('UANA', 'Ana', 'Ana@Tern.example');
  bo = company.user('UBO', 'Bo', 'bo@tern.example');
});

afterEach(async () => {
  await fake.close();
});

const DAY = 24 * 60;
const create = (more = {}) => createSource({ apiUrl: fake.url, ...more });

describe('what happens to an incident', () => {
  it('is told as it happens', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-5), {
      priority: { id: 'PP', summary: 'P2', name: 'P2' },
      assignments: [
        { at: iso(at(-5)), assignee: { id: 'UANA', type: 'user_reference' } },
      ],
    });
    await following.run(0);
    expect(following.said('Q1')).toMatchObject({
      subject: {
        key: 'PCART',
        kind: 'incident-service',
        traits: {
          instance: 'main',
          toolService: { tool: 'pagerduty', id: 'PCART', name: 'Cart' },
        },
      },
      title: 'Errors in Cart',
      words: [
        { field: 'priority', word: 'P2' },
        { field: 'urgency', word: 'high' },
      ],
      detectedAt: at(-5),
      version: at(-5),
      assignees: [{ namespace: 'email', key: 'ana@tern.example', name: 'Ana' }],
    });
    expect(following.said('Q1')).not.toHaveProperty('resolvedAt');

    company.acknowledge(incident, at(1), ana);
    company.note(incident, at(2), 'rolled out v1.2.3 just before, looks bad');
    await following.run(3);
    expect(following.said('Q1')).toMatchObject({
      acknowledgedAt: at(1),
      acknowledgedBy: { key: 'ana@tern.example' },
      notes: ['rolled out v1.2.3 just before, looks bad'],
      version: at(2),
    });

    company.resolve(incident, at(9), bo);
    await following.run(10);
    expect(following.said('Q1')).toMatchObject({
      acknowledgedAt: at(1),
      resolvedAt: at(9),
    });
    expect(following.said('Q1')).not.toHaveProperty('assignees');
  });

  it('opened again is a gap, and a late note is taken in', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-50));
    company.resolve(incident, at(-40), ana);
    await following.run(0);
    expect(following.said('Q1')).toMatchObject({ resolvedAt: at(-40) });
    company.reopen(incident, at(5), bo);
    await following.run(6);
    expect(following.said('Q1')).toMatchObject({
      gaps: [{ resolvedAt: at(-40), reopenedAt: at(5) }],
    });
    expect(following.said('Q1')).not.toHaveProperty('resolvedAt');
    company.resolve(incident, at(12), bo);
    await following.run(15);
    company.note(incident, at(5 * DAY), 'it was abc1234');
    await following.run(5 * DAY + 1);
    expect(following.said('Q1')).toMatchObject({
      resolvedAt: at(12),
      gaps: [{ resolvedAt: at(-40), reopenedAt: at(5) }],
      notes: ['it was abc1234'],
    });
  });

  it('another urgency, priority, person or title is told, with or without a word in the log', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-50));
    await following.run(0);
    incident.urgency = 'low';
    company.entry(incident, 'urgency_change', at(1));
    await following.run(2);
    expect(following.said('Q1')).toMatchObject({
      words: [{ field: 'urgency', word: 'low' }],
    });
    incident.title = 'Cart answers slowly';
    incident.updated_at = iso(at(3));
    await following.run(4);
    expect(following.said('Q1')).toMatchObject({
      title: 'Cart answers slowly',
      version: at(3),
    });
    incident.assignments = [
      { assignee: { id: 'UBO', type: 'user_reference' } },
      { assignee: { id: 'UGONE', type: 'user_reference', summary: 'Zoe' } },
    ];
    company.entry(incident, 'assign', at(5));
    await following.run(6);
    expect(following.said('Q1')?.assignees).toEqual([
      { namespace: 'email', key: 'bo@tern.example', name: 'Bo' },
      { namespace: 'pagerduty', key: 'UGONE', name: 'Zoe' },
    ]);
    company.entry(incident, 'snooze', at(7));
    expect((await following.run(8)).observations).toHaveLength(1);
    expect(following.said('Q1')).not.toHaveProperty('acknowledgedAt');
  });

  it('merged into another it ends, and says into which', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-20));
    const other = company.trigger('Q2', cart, at(-19));
    await following.run(0);
    company.resolve(incident, at(1), ana);
    incident.resolve_reason = {
      type: 'merge_resolve_reason',
      incident: { id: other.id, summary: other.summary },
    };
    await following.run(2);
    expect(following.said('Q1')).toMatchObject({
      resolvedAt: at(1),
      notes: ['Merged into [#2] Errors in Cart'],
    });
  });

  it('ended without a word it is asked for; unknown for a day it is taken off', async () => {
    const following = follow(create());
    const incident = company.trigger('Q1', cart, at(-20));
    company.trigger('Q2', cart, at(-20));
    await following.run(0);
    Object.assign(incident, { status: 'resolved', resolved_at: iso(at(4)) });
    await following.run(5);
    expect(following.said('Q1')).toMatchObject({ resolvedAt: at(4) });
    const [hidden] = company.incidents.splice(1, 1);
    await following.run(10);
    await following.run(70);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    // Back before the day is over, and after a day in which nobody asked.
    company.incidents.push(hidden);
    await following.run(10 + DAY);
    company.incidents.pop();
    await following.run(20 + DAY);
    company.incidents.push(hidden);
    await following.run(30 + 2 * DAY);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    company.incidents.pop();
    await following.run(40 + 2 * DAY);
    fake.sick.set('/incidents/Q2/log_entries', response =>
      response.writeHead(500).end(),
    );
    await following.run(40 + 3 * DAY);
    fake.sick.clear();
    await following.run(41 + 3 * DAY);
    expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
    await following.run(42 + 4 * DAY);
    expect(following.keys('incident')).toEqual(['Q1']);
  });

  it('long open it is read, whenever it was opened', async () => {
    const old = company.trigger('QOLD', cart, at(-200 * DAY));
    const following = follow(create());
    await following.run(0);
    expect(following.keys('incident')).toEqual(['QOLD']);
    company.resolve(old, at(2), ana);
    await following.run(3);
    expect(following.said('QOLD')).toMatchObject({ resolvedAt: at(2) });
  });

  it('of a service that is gone it keeps the service’s name', async () => {
    company.trigger('Q1', cart, at(-20));
    company.services.length = 0;
    const following = follow(create());
    const { notices } = await following.run(0);
    expect(following.said('Q1')?.subject.traits.toolService.name).toBe('Cart');
    expect(notices).toEqual([expect.stringContaining('lists no service')]);
    company.service('PNEW');
    // The directory is listed again after an hour.
    expect((await following.run(61)).notices).toEqual([]);
  });
});

describe('what is asked', () => {
  it('without news: the log and the open ones, of two minutes', async () => {
    const incident = company.trigger('Q1', cart, at(-30));
    const following = follow(create());
    await following.run(0);
    fake.requests.length = 0;
    company.entry(incident, 'notify', at(1));
    const { observations } = await following.run(2);
    expect(observations).toEqual([]);
    expect(fake.requests.map(each => each.split('?')[0])).toEqual([
      '/incidents',
      '/log_entries',
      '/incidents',
    ]);
    expect(fake.requests[1]).toContain(
      `since=${encodeURIComponent(new Date(at(-32)).toISOString())}`,
    );
    expect(fake.headers).toMatchObject({
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: 'Token token=a-token',
    });
  });

  it('of what began and ended without a note nothing more', async () => {
    for (let n = 0; n < 30; n += 1) {
      const incident = company.trigger(`Q${n}`, cart, at(-DAY * 3 + n));
      company.acknowledge(incident, at(-DAY * 3 + n + 1), ana);
      company.resolve(incident, at(-DAY * 3 + n + 2), ana);
    }
    const following = follow(create());
    await following.run(0);
    expect(following.keys('incident')).toHaveLength(30);
    expect(fake.asked('/incidents/')).toEqual([]);
    // Alone it is told alike.
    const told = following.ledger.fingerprint();
    company.note(company.incidents[0], at(1), 'x');
    company.log.pop();
    const alone = follow(
      createSource({ apiUrl: fake.url, fields: { cause: 'cause' } }),
    );
    await alone.run(0);
    expect(fake.asked('/incidents/').length).toBeGreaterThan(60);
    expect(alone.ledger.fingerprint()).toBe(told);
  });

  it('days with more than PagerDuty lists are read in parts', async () => {
    const second = (n: number) => at(-2 * DAY) + n * 1000;
    for (let n = 0; n < 12_000; n += 1) {
      const incident = company.trigger(`Q${n}`, cart, second(n));
      company.resolve(incident, second(n) + 5_000);
    }
    const following = follow(create({ since: { days: 3 } }));
    const { batches, notices } = await following.run(0);
    expect(notices).toBeUndefined();
    expect(following.keys('incident')).toHaveLength(12_000);
    const said = batches.flatMap(({ observations }) => observations);
    expect(said).toHaveLength(12_000);
    for (const { cursor } of batches) {
      expect(JSON.stringify(cursor).length).toBeLessThan(100_000);
    }
    expect(fake.asked('/log_entries').length).toBeLessThan(700);
    expect((await following.run(5)).observations).toEqual([]);
  }, 60_000);

  it('of years in windows that PagerDuty takes', async () => {
    company.resolve(
      company.trigger('Q1', cart, at(-700 * DAY)),
      at(-699 * DAY),
    );
    const following = follow(create({ since: { days: 730 } }));
    const { batches } = await following.run(0);
    expect(following.keys('incident')).toEqual(['Q1']);
    expect(batches.at(-1)?.progress).toEqual({
      done: 730,
      total: 730,
      unit: 'days',
    });
    expect(fake.asked('/log_entries').length).toBeLessThan(50);
  });

  it('again from the beginning, and when a setting is another', async () => {
    const incident = company.trigger('Q1', cart, at(-30));
    company.resolve(incident, at(-20));
    const following = follow(create());
    await following.run(0);
    expect((await following.run(10)).observations).toEqual([]);
    const { observations } = await following.run(12, { reread: true });
    expect(observations.map(each => (each as Raw).key)).toContain('Q1');
    const { batches } = await collect(
      create({ environments: [{ environment: 'production' }] }),
      { cursor: following.cursor() as any, now: () => at(13) },
    );
    expect(batches.flatMap(each => each.observations)).toContainEqual(
      expect.objectContaining({ key: 'Q1', environment: 'production' }),
    );
  });
});

it.each([-90, 90])(
  'loses nothing with a clock that is %s minutes off',
  async skew => {
    const following = follow(create(), at(0));
    for (let n = 0; n < 30; n += 1) {
      const time = n * 7;
      const incident = company.trigger(`Q${n}`, cart, at(time - 3));
      company.resolve(incident, at(time - 1));
      await following.run(time + skew);
    }
    expect(following.keys('incident')).toHaveLength(30);
    expect(
      following.ledger.observations.every(
        each => each.kind !== 'incident' || each.resolvedAt !== undefined,
      ),
    ).toBe(true);
  },
);

it('with a clock that is behind, too much that is new is read as far as it is listed', async () => {
  const following = follow(create());
  const incident = company.trigger('Q1', cart, at(-9));
  await following.run(-90);
  for (let n = 0; n < 2_500; n += 1) {
    company.entry(incident, 'notify', at(-5) + n * 100);
  }
  company.trigger('Q2', cart, at(0));
  const { notices } = await following.run(-89);
  expect(following.keys('incident')).toEqual(['Q1', 'Q2']);
  expect(notices).toBeUndefined();
  for (let n = 0; n < 10_001; n += 1) {
    company.entry(incident, 'notify', at(1) + n * 10);
  }
  company.trigger('Q3', cart, at(4));
  expect((await following.run(-88)).notices).toEqual([
    expect.stringContaining('beyond what our clock says'),
  ]);
  expect(following.keys('incident')).toEqual(['Q1', 'Q2', 'Q3']);
  company.trigger('Q4', cart, at(9));
  expect((await following.run(-80)).notices).toEqual([]);
  expect(following.keys('incident')).toHaveLength(4);
}, 30_000);

it('an incident that crosses windows is said once in a reading', async () => {
  const incident = company.trigger('Q1', cart, at(-80 * DAY));
  for (let day = 79; day > 0; day -= 1) {
    company.note(incident, at(-day * DAY), `day ${day}`);
  }
  const following = follow(create());
  const { observations } = await following.run(0);
  expect(observations).toHaveLength(1);
  expect(following.said('Q1')?.notes).toHaveLength(50);
  expect(following.said('Q1')?.notes.at(-1)).toBe('day 1');
});

describe('who is on call', () => {
  it('is told by service and place, and a change of shift of all is none that is gone', async () => {
    for (let n = 0; n < 10; n += 1) {
      company.service(`P${n}`, `Service ${n}`, 'EALL');
      company.onCall(`E${n}`, ana);
    }
    const shift = company.onCall('EALL', ana);
    const direct = company.onCall('EALL', bo, {
      escalation_level: 2,
      schedule: null,
      start: null,
      end: null,
    });
    const following = follow(create());
    await following.run(0);
    expect(following.keys('on-call')).toHaveLength(20);
    expect(following.said('on-call:P3:1:1')).toMatchObject({
      level: 1,
      schedule: 'Weekly',
      person: { key: 'ana@tern.example' },
      from: at(-60),
      until: at(600),
    });
    expect(following.said('on-call:P3:2:1')).not.toHaveProperty('until');
    Object.assign(shift, {
      user: { id: 'UBO', summary: 'Bo' },
      start: iso(at(600)),
      end: iso(at(1200)),
    });
    await following.run(601);
    expect(following.keys('on-call')).toHaveLength(20);
    expect(following.said('on-call:P3:1:1')).toMatchObject({
      person: { key: 'bo@tern.example' },
    });
    company.onCalls.splice(company.onCalls.indexOf(direct), 1);
    company.onCall('EALL', bo, { escalation_level: 2 });
    await following.run(603);
    expect(following.said('on-call:P3:2:1')).not.toHaveProperty('schedule');
    await following.run(607);
    expect(following.said('on-call:P3:2:1')).toHaveProperty('schedule');
  });

  it('is whoever is listed now, when an override begins, is taken back and others are edited', async () => {
    const shift = company.onCall('EPCART', ana);
    const following = follow(create());
    const listed = async (minutes: number) => {
      await following.run(minutes);
      const { person, from } = following.said('on-call:PCART:1:1')!;
      return [person.name, from];
    };
    const set = (user: Raw, start: number) =>
      Object.assign(shift, {
        user: { id: user.id, summary: user.name },
        start: iso(at(start)),
      });
    expect(await listed(0)).toEqual(['Ana', at(-60)]);
    set(bo, 5);
    expect(await listed(6)).toEqual(['Bo', at(5)]);
    set(ana, -60);
    expect(await listed(12)).toEqual(['Ana', at(-60)]);
    // Listed the same it is the same; with another setting it goes on from there.
    const before = following.ledger.fingerprint();
    expect(await listed(18)).toEqual(['Ana', at(-60)]);
    expect(following.ledger.fingerprint()).toBe(before);
    await following.run(19, { reread: true });
    set(bo, -90);
    expect(await listed(25)).toEqual(['Bo', at(-90)]);
  });

  it('without a schedule is one person after the other, in a small account too', async () => {
    const direct = { schedule: null, start: null, end: null };
    const entry = company.onCall('EPCART', bo, direct);
    const following = follow(create());
    await following.run(0);
    entry.user = { id: 'UANA', summary: 'Ana' };
    await following.run(6);
    expect(following.keys('on-call')).toEqual(['on-call:PCART:1:1']);
    expect(following.said('on-call:PCART:1:1')?.person.name).toBe('Ana');
    company.onCall('EPCART', bo, direct);
    await following.run(12);
    expect(following.said('on-call:PCART:1:2')?.person.name).toBe('Bo');
  });
});

describe('what fails', () => {
  it('one incident alone is set aside, and asked for again', async () => {
    for (let n = 0; n < 6; n += 1) {
      company.trigger(`Q${n}`, cart, at(-30 + n));
    }
    fake.sick.set('/incidents/Q3', response => {
      response.writeHead(500).end('secret in an answer');
    });
    const following = follow(create());
    const { rejected } = await following.run(0);
    expect(following.keys('incident')).toHaveLength(5);
    expect(rejected).toContainEqual(
      expect.objectContaining({
        key: 'Q3',
        reason: expect.stringContaining('(500)'),
      }),
    );
    fake.sick.clear();
    await following.run(1);
    expect(following.said('Q3')).toMatchObject({ detectedAt: at(-27) });
    expect(following.cursor().again).toEqual([]);
  }, 30_000);

  it('malformed ones are set aside by name', async () => {
    company.trigger('Q1', cart, at(-30)).service = 'none';
    company.trigger('Q2', cart, at(-29));
    const following = follow(create());
    company.trigger('Q3', cart, at(-28)).id = '../..';
    const { rejected, notices } = await following.run(0);
    expect(following.keys('incident')).toEqual(['Q2']);
    expect(rejected).toEqual([
      {
        key: 'Q1',
        reason: expect.stringContaining('service'),
        item: { incident: 'Q1' },
      },
    ]);
    expect(notices).toEqual([expect.stringContaining('without an id')]);
    // Said once, not in each run.
    expect((await following.run(1)).rejected).toEqual([]);
    expect(fake.requests.join(' ')).not.toContain('/incidents/..');
  });

  it.each([
    [401, 'credential-refused', 'Read-only'],
    [402, 'forbidden', 'plan'],
    [403, 'forbidden', 'REST API key'],
    [404, 'not-found', 'api.eu.pagerduty.com'],
    [429, 'rate-limited', '960'],
  ])('%s is said in words', async (status, code, fix) => {
    fake.sick.set('/services', response => {
      response.writeHead(status, { 'ratelimit-reset': '33' }).end('a-token');
    });
    const { error, log } = await collect(create());
    expect(isSourceError(error)).toBe(true);
    expect(error).toMatchObject({
      code,
      status,
      fix: expect.stringContaining(fix),
      retryAfterMs: status === 429 ? 33_000 : undefined,
    });
    expect(`${String(error)} ${log}`).not.toContain('a-token');
  });

  it('another server’s answer is no empty account', async () => {
    fake.sick.set('/services', response => {
      response.writeHead(200).end('{"hello":"world"}');
    });
    const { error, batches } = await collect(create());
    expect(error).toMatchObject({
      code: 'bad-answer',
      message: expect.stringContaining('no list of services'),
    });
    expect(batches).toEqual([]);
  });
});

it('custom fields tell impact, cause and environment', async () => {
  company.trigger('Q1', cart, at(-30));
  company.trigger('Q2', cart, at(-29));
  fake.sick.set('/incidents/Q2/custom_fields/values', response =>
    response.writeHead(404).end(),
  );
  company.fields.set('Q1', [
    { name: 'impact_start', value: iso(at(-45)) },
    { display_name: 'Caused by', value: 'v1.2.3' },
    { name: 'stage', value: 'production' },
    { name: 'impact_end', value: null },
  ]);
  const following = follow(
    create({
      fields: {
        impactStartedAt: 'impact_start',
        cause: 'Caused by',
        environment: 'stage',
      },
    }),
  );
  await following.run(0);
  expect(following.said('Q1')).toMatchObject({
    impactStartedAt: at(-45),
    causes: [{ field: 'Caused by', name: 'v1.2.3' }],
    environment: 'production',
  });
  expect(following.said('Q2')).toMatchObject({ detectedAt: at(-29) });
});
