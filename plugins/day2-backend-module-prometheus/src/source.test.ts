import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type {
  MeasurementObservation,
  WantedMeasurement,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { askedFor } from './__testUtils__/askedFor';
import { createSource } from './__testUtils__/createSource';
import {
  answerOf,
  FakePrometheus,
  refusalOf,
} from './__testUtils__/FakePrometheus';
import { wantedOf } from './__testUtils__/wantedOf';

const to = Date.UTC(2026, 10, 21, 14);
const hour = [{ from: to - 12 * SLOT_MS, to }];
let fake: FakePrometheus;

beforeEach(async () => {
  fake = await FakePrometheus.start();
  fake.series.set('bad', () => '1');
  fake.series.set('all', () => '100');
});
afterEach(() => fake.close());

const wanted = (change: Partial<Parameters<typeof wantedOf>[0]> = {}) =>
  wantedOf({
    id: 'slo',
    events: 'bad',
    total: 'all',
    missing: hour,
    ...change,
  });

function run(
  want: WantedMeasurement[],
  options: Parameters<typeof collect>[1] & { instance?: object } = {},
) {
  const { instance, ...rest } = options;
  const source = createSource({ url: fake.url, ...instance });
  return collect(
    askedFor(source, () => want),
    { now: () => to + 60_000, ...rest },
  );
}

async function slotsOf(want: WantedMeasurement) {
  const { batches, error } = await run([want]);
  expect(error).toBeUndefined();
  const [first] = batches[0].observations as MeasurementObservation[];
  return first.slots;
}

async function problemOf(want: WantedMeasurement): Promise<string> {
  const { batches, error } = await run([want]);
  expect(error).toBeUndefined();
  expect(batches[0].observations).toEqual([]);
  expect(batches[0].rejected).toMatchObject([{ key: 'slo' }]);
  return batches[0].rejected?.[0].reason ?? '';
}

it('asks for the end of each slot, below its sub-path, with its headers', async () => {
  const { batches } = await run([wanted()], {
    instance: {
      url: `${fake.url}/prometheus/`,
      username: 'day2',
      password: 'a-password',
      headers: { 'X-Scope-OrgID': 'tern' },
    },
  });
  expect(fake.requests[0]).toMatchObject({
    path: 'POST /prometheus/api/v1/query_range',
    headers: {
      accept: 'application/json',
      'x-scope-orgid': 'tern',
      authorization: `Basic ${Buffer.from('day2:a-password').toString(
        'base64',
      )}`,
    },
    form: {
      query: 'bad',
      start: String((hour[0].from + SLOT_MS) / 1000),
      end: String(to / 1000),
      step: '300',
    },
  });
  expect(batches[0].observations).toMatchObject([
    {
      kind: 'measurement',
      objective: 'slo',
      indicator: 'of-slo',
      ...hour[0],
      slots: { length: 12, 0: { at: hour[0].from, bad: 1, total: 100 } },
    },
  ]);
});

it('keeps each digit, and takes what is no number for no data', async () => {
  const texts = ['0.1', '1e-7', '12345678.000000001', 'NaN', '+Inf', '-1'];
  fake.series.set('bad', () => '0');
  fake.series.set('all', at => texts[(at / 300) % 12]);
  const slots = await slotsOf(wanted());
  expect(slots.map(({ total }) => total).sort()).toEqual(
    [0.1, 1e-7, 12345678.000000001].sort(),
  );
});

it('takes more good events than all for no data, and says so', async () => {
  const good = wanted({ counts: 'good', events: 'good' });
  // Two scrapes apart, then in another unit.
  fake.series.set('good', at => (at < to / 1000 - 1_200 ? '101' : '150'));
  const { batches, error } = await run([good]);
  expect(error).toBeUndefined();
  const [first] = batches[0].observations as MeasurementObservation[];
  // Asked for and answered, and nothing is known of the last five.
  expect(first).toMatchObject(hour[0]);
  expect(first.slots).toHaveLength(7);
  expect(first.slots.every(({ bad }) => bad === 0)).toBe(true);
  expect(batches[0].rejected).toEqual([
    {
      key: 'slo',
      reason: expect.stringContaining('more good than all'),
      item: expect.objectContaining({ day: '2026-11-21' }),
    },
  ]);

  fake.series.set('good', () => '101');
  expect((await run([good])).batches[0].rejected).toEqual([]);
});

it('takes no sample of events beside a live total for none, good or bad', async () => {
  fake.series.delete('bad');
  const first = { at: hour[0].from, total: 100 };
  expect((await slotsOf(wanted()))[0]).toEqual({ ...first, bad: 0 });
  const ofGood = await slotsOf(wanted({ counts: 'good' }));
  expect(ofGood[0]).toEqual({ ...first, bad: 100 });
  fake.series.set('all', () => '0');
  expect((await slotsOf(wanted()))[0]).toMatchObject({ bad: 0, total: 0 });
  fake.series.delete('all');
  expect(await slotsOf(wanted())).toEqual([]);
});

const one = { metric: {}, values: [[to / 1000, '1']] };

it.each([
  [
    'a part of it',
    answerOf([one], { warnings: ['store down'] }),
    /lack a part/,
  ],
  ['a part of it', answerOf([one], { isPartial: true }), /lacks a part/],
  ['several series', answerOf([one, one]), /gives 2 series, not one; sum/],
  [
    'other instants',
    answerOf([{ metric: {}, values: [[to / 1000 + 7, '1']] }]),
    /other instants/,
  ],
  [
    'histograms',
    answerOf([{ metric: {}, histograms: [[to / 1000, {}]] }]),
    /native histograms/,
  ],
  ['a bad query', refusalOf(400, 'bad_data', 'parse error'), /parse error/],
  ['a time-out', refusalOf(503, 'timeout', 'query timed out'), /timed out/],
])('sets an objective aside whose answer is %s', async (_, answer, reason) => {
  fake.sick.set('all', () => answer);
  expect(await problemOf(wanted())).toMatch(reason);
});

it('takes a remark for no failure', async () => {
  fake.sick.set('all', () =>
    answerOf([one], { warnings: ['PromQL info: might not be a counter'] }),
  );
  expect(await slotsOf(wanted())).toHaveLength(1);
});

it('never shows its credentials, even where they are told back', async () => {
  fake.sick.set('all', () =>
    refusalOf(400, 'bad_data', 'no tenant for Bearer a-secret-token\n  there'),
  );
  const { batches } = await run([wanted()], {
    instance: { token: 'a-secret-token' },
  });
  expect(batches[0].rejected?.[0].reason).toBe(
    'total: Prometheus refuses its query: no tenant for *** there',
  );
  fake.sick.set('all', () =>
    answerOf([one], { warnings: ['store of Bearer a-secret-token is\ndown'] }),
  );
  const warned = await run([wanted()], {
    instance: { token: 'a-secret-token' },
  });
  expect(warned.batches[0].rejected?.[0].reason).toBe(
    'total: the answer may lack a part: store of *** is down',
  );
});

it('says of a counter query what cannot be read, and of two sources', async () => {
  expect(await problemOf(wanted({ counter: true, events: 'sum(bad' }))).toMatch(
    /^the query of bad is no PromQL at character 8/,
  );
  const two = wanted();
  two.indicator.total.source = 'elsewhere';
  expect(await problemOf(two)).toMatch(/name two sources, none and elsewhere/);
});

it('reads a window as other tools write it', async () => {
  fake.series.set('sum(increase(a[5m]))', () => '7');
  const slots = await slotsOf(
    wanted({ total: 'sum(increase(a[{{ .window }}]))' }),
  );
  expect(slots[0].total).toBe(7);
});

it('asks once for what several objectives count', async () => {
  await run([wanted(), wanted({ id: 'other', counts: 'good' })]);
  expect(fake.queries.sort()).toEqual(['all', 'bad']);
});

it('shows whether it can be asked where nothing is missing', async () => {
  fake.series.set('vector(1)', () => '1');
  expect((await run([])).error).toBeUndefined();
  expect(fake.queries).toEqual(['vector(1)']);
  fake.sick.set('vector(1)', () => ({ status: 401, body: 'no' }));
  expect((await run([])).error).toMatchObject({
    code: 'credential-refused',
    fix: expect.stringContaining('X-Scope-OrgID'),
  });
});

it('asks for the rest of an objective no more once it failed, and tells since when', async () => {
  fake.sick.set('all', () => refusalOf(400, 'bad_data', 'no'));
  const long = wanted({ missing: [{ from: to - 30 * 86_400_000, to }] });
  const first = await run([long]);
  expect(fake.queries.sort()).toEqual(['all', 'bad']);
  expect(first.batches.at(-1)?.unseen).toMatchObject([
    { key: 'slo', since: to + 60_000 },
  ]);
  const later = { cursor: first.cursor, now: () => to + 120_000 };
  const again = await run([long], later);
  // Nothing has changed: nothing is told once more.
  expect(again.batches.at(-1)?.unseen).toBeUndefined();
  fake.sick.clear();
  const mended = await run([long], { ...later, cursor: again.cursor });
  expect(mended.batches.at(-1)).toMatchObject({ unseen: [], notices: [] });
});

it('goes on with the others where one breaks the server', async () => {
  fake.sick.set('heavy', () => ({ status: 502, body: 'bad gateway' }));
  const objectives = [
    wanted({ id: 'heavy', events: 'heavy', missing: hour }),
    ...Array.from({ length: 60 }, (_, n) => wanted({ id: `slo-${n}` })),
  ];
  const first = await run(objectives);
  expect(first.error).toMatchObject({ code: 'unreachable' });
  const second = await run(objectives, { cursor: first.cursor });
  expect(second.error).toBeUndefined();
  expect(
    second.batches.flatMap(({ observations }) => observations),
  ).toHaveLength(60);
  expect(second.batches.at(-1)?.unseen).toMatchObject([
    { key: 'heavy', reason: expect.stringContaining('an error (502)') },
  ]);
});

it.each([
  ['is set aside where the server answers', () => answerOf([one]), undefined],
  [
    'fails the source where the server answers nothing',
    () => ({ status: 502, body: 'bad gateway' }),
    expect.objectContaining({ code: 'unreachable' }),
  ],
  [
    'fails the source where the server refuses anything',
    () => refusalOf(422, 'execution', 'no'),
    expect.objectContaining({ code: 'unreachable' }),
  ],
])('one that breaks it and is alone %s', async (_, probe, error) => {
  fake.sick.set('bad', () => ({ status: 502, body: 'bad gateway' }));
  fake.sick.set('vector(1)', probe);
  const first = await run([wanted()]);
  // It may be the server: it has failed once, and is not late yet.
  expect(first.error).toMatchObject({ code: 'unreachable' });
  expect(fake.queries).not.toContain('vector(1)');
  const second = await run([wanted()], { cursor: first.cursor });
  expect(second.error).toEqual(error);
  expect(fake.queries).toContain('vector(1)');
  expect(second.batches.at(-1)?.unseen?.[0]?.key).toBe(
    error ? undefined : 'slo',
  );
});
