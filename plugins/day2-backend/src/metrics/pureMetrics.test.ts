import type { AlertRule } from '@day2/backstage-plugin-day2-node';
import { chartSeries, emptyChart } from './chartOf';
import { chartRange } from './chartRange';
import { metricSourceOf, type MetricSource } from './metricSources';
import { namedAlertsOf } from './namedAlertsOf';

const now = Date.UTC(2026, 10, 21, 14, 0, 20);

const ruleOf = (change: Partial<AlertRule>): AlertRule => ({
  name: 'HighErrors',
  group: 'g',
  query: 'q',
  durationSeconds: 0,
  labels: { severity: 'page' },
  annotations: {},
  state: 'inactive',
  alerts: [],
  ...change,
});
const alertOf = (state: 'pending' | 'firing', team: string) => ({
  labels: { severity: 'page', team },
  annotations: {},
  state,
});

describe('alerts that a service names', () => {
  const rules = [
    ruleOf({}),
    ruleOf({
      name: 'Slow',
      state: 'firing',
      alerts: [alertOf('firing', 'cart'), alertOf('pending', 'search')],
    }),
    ruleOf({ name: 'Ticket', labels: { severity: 'ticket' } }),
    ruleOf({
      name: 'Broken',
      state: 'unknown',
      error: 'many-to-many',
      alerts: [alertOf('firing', 'cart')],
    }),
    ruleOf({ name: 'OfCart', labels: { team: 'cart' } }),
  ];
  it.each([
    [
      'all of them, the worst first',
      {},
      [
        ['Slow', 'firing'],
        ['Slow', 'pending'],
        ['Broken', 'unknown'],
        ['HighErrors', 'inactive'],
        ['Ticket', 'inactive'],
        ['OfCart', 'inactive'],
      ],
    ],
    [
      'all of these labels',
      { labels: { team: 'cart' } },
      [
        ['Slow', 'firing'],
        ['Broken', 'unknown'],
        ['OfCart', 'inactive'],
      ],
    ],
    [
      'named ones, quiet for these labels where they may have them',
      {
        all: false,
        names: ['HighErrors', 'Slow', 'Ticket', 'OfCart', 'None'],
        labels: { team: 'search', severity: 'page' },
      },
      [
        ['Slow', 'pending'],
        ['HighErrors', 'inactive'],
      ],
    ],
  ] as const)('are %s', (_, asked, expected) => {
    const named = { all: true, names: [] as string[], labels: {}, ...asked };
    const { items } = namedAlertsOf({
      named: { ...named, names: [...named.names] },
      rules: rules.filter(
        ({ name }) => named.all || named.names.some(each => each === name),
      ),
    });
    expect(items.map(({ name, state }) => [name, state])).toEqual(expected);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('are none where there is no rule of that name', () => {
    const named = { all: false, names: ['Slow', 'Gone'], labels: {} };
    expect(namedAlertsOf({ named, rules: rules.slice(1, 2) }).missing).toEqual([
      'Gone',
    ]);
  });

  it('are two hundred at most, and say how many more there are', () => {
    const many = Array.from({ length: 250 }, () => alertOf('firing', 'cart'));
    const { items, leftOut } = namedAlertsOf({
      named: { all: true, names: [], labels: {} },
      rules: [ruleOf({ alerts: many, alertsLeftOut: 7 })],
    });
    expect([items.length, leftOut]).toEqual([200, 57]);
  });
});

describe('the range of a chart', () => {
  it.each([
    [{}, 60, 15],
    [{ from: '2026-11-21T13:30:20Z' }, 30, 15],
    [{ from: '2026-11-20T14:00:00Z', to: '2026-11-21T14:00:00Z' }, 1440, 360],
    [{ from: '2026-11-21T14:00:10Z' }, 1, 15],
    // The end of none is in the future.
    [{ to: '2027-01-01T00:00:00Z' }, 60, 15],
  ])('%j is %d minutes by %d seconds', (query, minutes, step) => {
    const { from, to, stepSeconds } = chartRange({ query, now });
    expect([(to - from) / 60_000, stepSeconds]).toEqual([minutes, step]);
    expect(to % 60_000).toBe(0);
    expect((to - from) / 1000 / stepSeconds).toBeLessThanOrEqual(240);
  });

  it.each([
    [{ from: '2026-11-21T15:00:00Z' }, /ends before it begins/],
    [{ from: '2026-10-01T00:00:00Z' }, /over 31 days/],
  ])('%j is refused', (query, words) => {
    expect(() => chartRange({ query, now })).toThrow(words);
  });
});

describe('lines of a chart', () => {
  const range = { from: 0, to: 30_000, stepSeconds: 15 };
  const names = (
    dimension: string | undefined,
    ...series: Record<string, string>[]
  ) =>
    chartSeries({
      series: series.map(labels => ({ labels, points: [] })),
      dimension,
      range,
    }).map(({ name }) => name);

  it.each([
    ['job', [{ __name__: 'up', job: 'a' }, { __name__: 'up', job: 'b' }], ['a', 'b']], // prettier-ignore
    // Not all have it: by the first label that there is.
    ['zone', [{ job: 'a', zone: 'x' }, { job: 'b' }], ['a', 'b']],
    [undefined, [{ code: '500' }], ['500']],
    [undefined, [{}], ['{}']],
    [
      'job',
      [{ job: 'a', pod: '1' }, { job: 'a', pod: '2' }, { job: 'b' }],
      ['{job="a", pod="1"}', '{job="a", pod="2"}', 'b'],
    ],
  ] as [string | undefined, Record<string, string>[], string[]][])(
    'by %s of %j',
    (dimension, series, expected) => {
      expect(names(dimension, ...series)).toEqual(expected);
    },
  );

  it('have a value a step, and none where there is none', () => {
    const [line] = chartSeries({
      series: [
        {
          labels: { job: 'a' },
          points: [
            { at: 30_000, value: 3 },
            { at: 0, value: 1 },
            { at: 60_000, value: 9 },
          ],
        },
      ],
      range,
    });
    expect(line.values).toEqual([1, null, 3]);
  });

  it.each([
    ['node_memory_active_bytes', 'bytes'],
    ['node_memory_active_bytes{job="a"}', 'bytes'],
    ['latency_seconds', 'seconds'],
    ['rate(latency_seconds[5m])', undefined],
    ['requests_total', undefined],
  ])('of %s have the unit %s', (query, unit) => {
    expect(emptyChart({ query }, range).unit).toBe(unit);
  });
});

describe('the source of a service', () => {
  const source = (id: string, names: string[], isDefault: boolean) =>
    ({ id, measures: { names, isDefault } } as MetricSource);
  const sources = [source('a', ['eu'], false), source('b', ['us'], true)];
  it.each([
    [undefined, 'b'],
    ['eu', 'a'],
    ['none', undefined],
  ])('that names %s is %s', (instance, id) => {
    expect(metricSourceOf({ instance }, sources)?.id).toBe(id);
  });
});
