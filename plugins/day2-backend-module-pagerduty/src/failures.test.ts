import { isSourceError } from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { at, iso, type Company, type Raw } from './__testUtils__/Company';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { follow } from './__testUtils__/follow';

let fake: FakePagerduty;
let company: Company;
let cart: Raw;

beforeEach(async () => {
  fake = await FakePagerduty.start();
  ({ company } = fake);
  cart = company.service('PCART', 'Cart');
  company.user('UANA', 'Ana', 'Ana@Tern.example');
  company.user('UBO', 'Bo', 'bo@tern.example');
});

afterEach(async () => {
  await fake.close();
});

const create = (more = {}) => createSource({ apiUrl: fake.url, ...more });

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
