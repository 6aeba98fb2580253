import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { at, type Company, type Raw } from './__testUtils__/Company';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { follow } from './__testUtils__/follow';

let fake: FakePagerduty;
let company: Company;
let cart: Raw;
let ana: Raw;

beforeEach(async () => {
  fake = await FakePagerduty.start();
  ({ company } = fake);
  cart = company.service('PCART', 'Cart');
  ana = company.user('UANA', 'Ana', 'Ana@Tern.example');
  company.user('UBO', 'Bo', 'bo@tern.example');
});

afterEach(async () => {
  await fake.close();
});

const DAY = 24 * 60;
const create = (more = {}) => createSource({ apiUrl: fake.url, ...more });

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
      { cursor: following.cursor(), now: () => at(13) },
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

it.each([1, 3, 20, 60])(
  'loses nothing where the clock was %s days ahead for one run',
  async days => {
    const following = follow(create());
    await following.run(0);
    await following.run(days * DAY);
    await following.run(2);
    for (let n = 0; n < 3; n += 1) {
      const incident = company.trigger(`Q${n}`, cart, at(10 + n * 10));
      company.resolve(incident, at(12 + n * 10), ana);
      await following.run(13 + n * 10);
      expect(following.said(`Q${n}`)?.resolvedAt).toBe(at(12 + n * 10));
    }
    await following.run(2 * DAY);
    expect(following.keys('incident')).toHaveLength(3);
  },
);

it('with a clock that was ahead lists who is on call again', async () => {
  const following = follow(create());
  await following.run(3 * DAY);
  fake.requests.length = 0;
  await following.run(0);
  expect(fake.asked('/oncalls')).not.toEqual([]);
});

it('where nothing happens, asks for what may have been each time, at once', async () => {
  company.resolve(company.trigger('Q1', cart, at(-20 * DAY)), at(-19 * DAY));
  const following = follow(create());
  await following.run(0);
  await following.run(6);
  fake.requests.length = 0;
  const { observations } = await following.run(12);
  expect(observations).toEqual([]);
  expect(fake.asked('/log_entries')).toHaveLength(1);
  expect(fake.asked('/incidents/')).toEqual([]);
});

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
