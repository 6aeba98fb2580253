import {
  documentOf,
  goodOfAll,
  metric,
  sloOf,
} from './__testUtils__/documents';
import { readObjectives } from './readObjectives';

const DAY = 24 * 3600_000;
const read = (...documents: unknown[]) =>
  readObjectives(
    documents.map((document, index) => ({ file: 'slo.yaml', index, document })),
  );
/** `kind name @document path: reason` of each. */
const told = (...documents: unknown[]) =>
  read(...documents).invalid.map(
    ({ kind, name, index, path, reason }) =>
      `${kind} ${name} @${index} ${path}: ${reason}`,
  );

it('reads an SLO with its indicator inside', () => {
  const slo = sloOf({ description: 'Pays' });
  expect(read(slo)).toEqual({
    objectives: [
      {
        file: 'slo.yaml',
        index: 0,
        id: 'checkout',
        name: 'checkout',
        description: 'Pays',
        service: 'shop',
        indicator: {
          name: 'availability',
          counts: 'good',
          events: { query: 'good_total' },
          total: { query: 'all_total' },
          counter: true,
        },
        target: 0.999,
        budgeting: { method: 'occurrences' },
        period: { kind: 'rolling', lengthMs: 28 * DAY },
      },
    ],
    invalid: [],
    ignored: 0,
  });
});

it('looks references up among all documents, in any order, in lists too', () => {
  const spec = {
    ratioMetric: {
      bad: metric('bad_total', { metricSourceRef: 'main' }),
      total: metric('all_total', {
        metricSourceRef: 'main',
        type: 'Prometheus',
      }),
    },
  };
  const documents = [
    sloOf({ indicator: null, indicatorRef: 'errors' }),
    [
      documentOf('SLI', 'errors', spec),
      {
        ...documentOf('Service', 'shop', {}),
        metadata: { name: 'shop', displayName: 'The shop' },
      },
    ],
    documentOf('DataSource', 'main', {
      type: 'PROMETHEUS',
      connectionDetails: { token: 'secret' },
    }),
  ];
  const { objectives, invalid } = read(...documents);
  expect(invalid).toEqual([]);
  expect(objectives).toMatchObject([
    {
      serviceDisplayName: 'The shop',
      indicator: {
        name: 'errors',
        counts: 'bad',
        counter: false,
        events: { query: 'bad_total', source: 'main' },
        total: { query: 'all_total', source: 'main' },
      },
    },
  ]);
  expect(read(...documents.reverse()).objectives[0].indicator).toEqual(
    objectives[0].indicator,
  );
  expect(JSON.stringify(objectives)).not.toContain('secret');
});

it('reads several objectives of one SLO, each by itself', () => {
  const objectives = [
    { displayName: 'good', targetPercent: 99.95 },
    { target: 1 },
    { target: 0 },
  ];
  const answer = read(sloOf({ objectives }));
  expect(
    answer.objectives.map(({ id, target, displayName }) => [
      id,
      target,
      displayName,
    ]),
  ).toEqual([
    ['checkout', 0.9995, 'good'],
    ['checkout#3', 0, undefined],
  ]);
  expect(answer.invalid).toMatchObject([
    { file: 'slo.yaml', path: 'spec.objectives[1].target' },
  ]);
});

it.each([
  ['Timeslices', { timeSliceTarget: 0.95, timeSliceWindow: '15m' }, 15],
  ['RatioTimeslices', { timeSliceWindow: 5 }, 5],
  ['Timeslices', { timeSliceTarget: 1, timeSliceWindow: '1d' }, 24 * 60],
])('reads %s of %j', (budgetingMethod, slice, minutes) => {
  const objectives = [{ target: 0.99, ...slice }];
  expect(
    read(sloOf({ budgetingMethod, objectives })).objectives[0].budgeting,
  ).toMatchObject({ sliceMs: minutes * 60_000 });
});

it.each([
  [{ duration: '30d', isRolling: true }, { lengthMs: 30 * DAY }],
  [{ duration: '4w', isRolling: true }, { lengthMs: 28 * DAY }],
  [{ duration: '168h', isRolling: true }, { lengthMs: 7 * DAY }],
  [
    {
      duration: '1Q',
      calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'Europe/Berlin' },
    },
    { kind: 'calendar', unit: 'months', count: 3, lengthMs: 90 * DAY },
  ],
  [
    {
      duration: '1w',
      isRolling: false,
      // What YAML makes of 2022-01-01 12:00:00.
      calendar: {
        startTime: new Date('2022-01-01T12:00:00Z'),
        timeZone: 'America/New_York',
      },
    },
    {
      unit: 'weeks',
      count: 1,
      start: '2022-01-01T12:00:00',
      zone: 'America/New_York',
    },
  ],
])('reads the window %j', (window, period) => {
  const { objectives, invalid } = read(sloOf({ timeWindow: [window] }));
  expect(invalid).toEqual([]);
  expect(objectives[0].period).toMatchObject(period);
});

const calendar = { startTime: '2026-01-01 00:00:00', timeZone: 'Mars/Base' };
it.each<[object, string, string]>([
  [{ timeWindow: null }, 'timeWindow', 'expected array'],
  [{ timeWindow: [] }, 'timeWindow', 'exactly one'],
  [{ timeWindow: [{ duration: '30d' }] }, 'timeWindow[0]', 'isRolling'],
  ...(
    [
      [{ duration: '30', isRolling: true }, '.duration', 'no duration'],
      [{ duration: '0d', isRolling: true }, '.duration', 'no duration'],
      [{ duration: '1M', isRolling: true }, '.duration', 'no fixed length'],
      [{ duration: '1441m', isRolling: true }, '.duration', 'whole slots'],
      [{ duration: '1h', isRolling: true }, '.duration', 'one day up to 366'],
      [{ duration: '999d', isRolling: true }, '.duration', 'up to 366'],
      [{ duration: '1d', isRolling: true, calendar }, '.calendar', 'rolling'],
      [{ duration: '1d', isRolling: false }, '', 'needs a calendar'],
      [{ duration: '5h', calendar }, '.duration', 'of days, weeks'],
      [{ duration: '1M', calendar }, '.calendar.timeZone', 'Mars/Base'],
      [
        {
          duration: '1M',
          calendar: { timeZone: 'UTC', startTime: '2026-01-01T00:00:00Z' },
        },
        '.calendar.startTime',
        'without a zone',
      ],
      [
        {
          duration: '1M',
          calendar: { timeZone: 'UTC', startTime: '2026-01-01 00:01:00' },
        },
        '.calendar.startTime',
        'multiple of five minutes',
      ],
    ] as const
  ).map(([window, path, reason]): [object, string, string] => [
    { timeWindow: [window] },
    `timeWindow[0]${path}`,
    reason,
  ]),
  [{ budgetingMethod: 'Guess' }, 'budgetingMethod', 'Occurrences'],
  [{ service: '' }, 'service', '>=1'],
  [{ objectives: [] }, 'objectives', 'at least one'],
  [{ objectives: [{}] }, 'objectives[0]', 'target or targetPercent is missing'],
  [
    { objectives: [{ target: 0.9, targetPercent: 90 }] },
    'objectives[0]',
    'not both',
  ],
  [{ objectives: [{ target: '0.9' }] }, 'objectives[0].target', 'number'],
  [{ indicator: null }, '', 'indicator or indicatorRef is missing'],
  [{ indicatorRef: 'b' }, '', 'not both'],
  [{ indicator: null, indicatorRef: 'b' }, 'indicatorRef', 'no SLI b'],
  [
    { indicator: null, objectives: [{ target: 0.9, indicatorRef: 'b' }] },
    'objectives[0]',
    'several indicators',
  ],
  ...(
    [
      ['Timeslices', {}, '', 'timeSliceWindow is missing'],
      ['Timeslices', { timeSliceWindow: '5m' }, '', 'timeSliceTarget'],
      ['RatioTimeslices', { timeSliceWindow: '1m' }, '.timeSliceWindow', '1m'],
      ['RatioTimeslices', { timeSliceWindow: '7h' }, '.timeSliceWindow', '7h'],
    ] as const
  ).map(([budgetingMethod, slice, path, reason]): [object, string, string] => [
    { budgetingMethod, objectives: [{ target: 0.9, ...slice }] },
    `objectives[0]${path}`,
    reason,
  ]),
])('refuses %j at %s', (spec, path, reason) => {
  const { objectives, invalid } = read(sloOf(spec), sloOf({}, 'other'));
  expect(invalid).toEqual([
    {
      invalid: true,
      file: 'slo.yaml',
      index: 0,
      kind: 'SLO',
      name: 'checkout',
      path: path === '' ? 'spec' : `spec.${path}`,
      reason: expect.stringContaining(reason),
    },
  ]);
  expect(objectives.map(({ id }) => id)).toEqual(['other']);
});

const { good, total } = goodOfAll.ratioMetric;
it.each<[object, string, string]>([
  [{}, '', 'a ratioMetric is missing'],
  [{ thresholdMetric: {} }, '.thresholdMetric', 'use a ratioMetric'],
  [{ ...goodOfAll, thresholdMetric: {} }, '', 'not both'],
  [{ ratioMetric: { raw: good } }, '.ratioMetric.raw', 'how many events'],
  [{ ratioMetric: { good, bad: good, total } }, '.ratioMetric', 'one of good'],
  [{ ratioMetric: { total } }, '.ratioMetric', 'one of good'],
  [{ ratioMetric: { good } }, '.ratioMetric', 'total is missing'],
  [
    { ratioMetric: { good: metric(''), total } },
    '.ratioMetric.good.metricSource.spec.query',
    'missing',
  ],
  [
    { ratioMetric: { good, total: metric('q'.repeat(10_001)) } },
    '.ratioMetric.total.metricSource.spec.query',
    '10000',
  ],
  [
    { ratioMetric: { good, total: metric('q', { type: 'Datadog' }) } },
    '.ratioMetric.total.metricSource.type',
    'metrics of Datadog are not measured',
  ],
  [
    { ratioMetric: { good, total: metric('q', {}) } },
    '.ratioMetric.total.metricSource',
    'a type or a metricSourceRef',
  ],
  [
    { ratioMetric: { good, total: metric('q', { metricSourceRef: 'no' }) } },
    '.ratioMetric.total.metricSource.metricSourceRef',
    'no DataSource no',
  ],
  [
    {
      ratioMetric: {
        good,
        total: metric('q', { type: 'Prometheus', metricSourceRef: 'dog' }),
      },
    },
    '.ratioMetric.total.metricSource.type',
    'of type Datadog, not Prometheus',
  ],
])('refuses the indicator %j at %s', (spec, path, reason) => {
  const dog = documentOf('DataSource', 'dog', { type: 'Datadog' });
  expect(told(dog, sloOf({ indicator: { spec } }))).toEqual([
    expect.stringContaining(`SLO checkout @1 spec.indicator.spec${path}: `),
  ]);
  const byReference = told(
    dog,
    sloOf({ indicator: null, indicatorRef: 'sli' }),
    documentOf('SLI', 'sli', spec),
  );
  expect(byReference).toEqual([
    expect.stringContaining(`SLI sli @2 spec${path}: `),
    expect.stringContaining('SLO checkout @1 spec.indicatorRef: its SLI sli: '),
  ]);
  byReference.forEach(each => expect(each).toContain(reason));
});

it('tells of documents that are none, and leaves those of others alone', () => {
  const policy = documentOf('AlertPolicy', 'a', {});
  const rules = { groups: [] };
  const { objectives, invalid, ignored } = read(
    null,
    policy,
    rules,
    'text',
    documentOf('SLX', 'a', {}),
    { apiVersion: 'openslo/v1alpha', kind: 'SLO', metadata: { name: 'old' } },
    { apiVersion: 'openslo/v1', kind: 'SLO', metadata: 7 },
    sloOf(),
    [sloOf({}, 'third'), sloOf()],
  );
  expect(objectives.map(({ id }) => id)).toEqual(['checkout', 'third']);
  expect(ignored).toBe(3);
  expect(
    invalid.map(({ index, path, reason }) => [index, path, reason]),
  ).toEqual([
    [3, '', expect.stringContaining('an object')],
    [4, 'kind', 'OpenSLO has no kind SLX'],
    [5, 'apiVersion', expect.stringContaining('openslo/v1alpha is not read')],
    [6, 'metadata', expect.stringContaining('expected object')],
    [8, '[1].metadata.name', expect.stringContaining('document 7 of slo.yaml')],
  ]);
});

it('does not throw, whatever it is given', () => {
  const odd = [[], [[]], { apiVersion: 'openslo/v1' }, 7, true, new Date(NaN)];
  const spec = sloOf() as { spec: object };
  for (const value of [undefined, null, 0, '', [], {}, NaN, 'x', [null]]) {
    for (const key of Object.keys(spec.spec)) {
      odd.push(sloOf({ [key]: value }) as never);
    }
    odd.push(
      { ...spec, spec: value } as never,
      { ...spec, metadata: value } as never,
    );
  }
  expect(() => odd.forEach(each => read(each))).not.toThrow();
  expect(odd.length).toBeGreaterThan(50);
});
