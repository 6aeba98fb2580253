import { namedMetricsOf } from './namedMetrics';

const charts = (rule: string) =>
  namedMetricsOf({ 'prometheus.io/rule': rule }).charts.map(
    ({ query, dimension }) => [query, dimension],
  );

describe('the annotations of Prometheus', () => {
  it.each([
    [
      'memUsage|component,node_memory_active_bytes|instance',
      [
        ['memUsage', 'component'],
        ['node_memory_active_bytes', 'instance'],
      ],
    ],
    [
      'up, sum by (instance) (node_cpu_seconds_total) ',
      [
        ['up', undefined],
        ['sum by (instance) (node_cpu_seconds_total)', undefined],
      ],
    ],
    // What other plugins cannot read: it parts nothing within brackets or quotes.
    [
      'sum by (code, method) (rate(http_requests_total{job="a",code=~"5..|429"}[5m]))|code,up',
      [
        [
          'sum by (code, method) (rate(http_requests_total{job="a",code=~"5..|429"}[5m]))',
          'code',
        ],
        ['up', undefined],
      ],
    ],
    [
      'up{a="x\\",y|"}|a,up{b=\'(,\'},up{c=`\\`}|c',
      [
        [String.raw`up{a="x\",y|"}`, 'a'],
        [`up{b='(,'}`, undefined],
        ['up{c=`\\`}', 'c'],
      ],
    ],
    ['', []],
    [' , ,|instance', []],
    ['up|', [['up', undefined]]],
    ['up,up,up|job', [['up', undefined], ['up', 'job']]], // prettier-ignore
    ['a(b,c', [['a(b,c', undefined]]],
    ['a)b,c', [['a)b', undefined], ['c', undefined]]], // prettier-ignore
  ])('charts of %j', (rule, expected) => {
    expect(charts(rule)).toEqual(expected);
  });

  it('draws no more than twenty', () => {
    const many = Array.from({ length: 30 }, (_, at) => `m${at}`);
    expect(charts(many.join(','))).toHaveLength(20);
  });

  it.each([
    [{}, undefined],
    [{ 'prometheus.io/alert': ' ' }, undefined],
    [{ 'prometheus.io/labels': 'team=cart' }, undefined],
    [
      { 'prometheus.io/alert': 'all' },
      { all: true, names: [], labels: {} }, // prettier-ignore
    ],
    [
      {
        'prometheus.io/alert': 'Excessive Memory Usage, HighErrors,HighErrors',
      },
      {
        all: false,
        names: ['Excessive Memory Usage', 'HighErrors'],
        labels: {},
      },
    ],
    [
      {
        'prometheus.io/alert': 'all,HighErrors',
        'prometheus.io/labels': 'team=cart, url=http://a?b=c ,broken,=x',
      },
      {
        all: true,
        names: ['HighErrors'],
        labels: { team: 'cart', url: 'http://a?b=c' },
      },
    ],
  ] as [Record<string, string>, unknown][])(
    'alerts of %j',
    (given, expected) => {
      expect(namedMetricsOf(given).alerts).toEqual(expected);
    },
  );

  it('names the instance', () => {
    expect(namedMetricsOf({ 'prometheus.io/service-name': ' teamB ' })).toEqual(
      { charts: [], instance: 'teamB' },
    );
  });
});
