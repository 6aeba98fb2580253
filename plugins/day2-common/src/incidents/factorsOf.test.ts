import { minutes } from './__testUtils__/observations';
import { candidate, hops, incident, START } from './__testUtils__/suspects';
import type { SuspectCandidate, SuspectedIncident } from './suspect';
import { suspectsOf } from './suspectsOf';

it('services are found two steps away, each by its shortest way', () => {
  expect([...hops]).toEqual([
    ['cart', 0],
    ['price', 1],
    ['bank', 1],
    ['rates', 2],
  ]);
});

// Natural log-odds, worked out by hand: ln(0.8 · 24 h / 1 h · e^(−gap / 1 h) + 0.2).
it.each<
  [
    string,
    Partial<SuspectCandidate>,
    Partial<SuspectedIncident>,
    string,
    string,
    number,
  ]
>([
  ['at once', candidate('v2', 0), {}, 'time', 'time', 2.965273],
  ['an hour before', candidate('v2', 60), {}, 'time', 'time', 1.982832],
  ['a day before', candidate('v2', 1440), {}, 'time', 'time', -1.609438],
  [
    'under way',
    candidate('v2', -5, { startedAt: minutes(START - 3) }),
    {},
    'time',
    'time-in-progress',
    2.5,
  ],
  [
    'without an end',
    { startedAt: minutes(START - 3), finishedAt: undefined },
    {},
    'time',
    'time-in-progress',
    2.5,
  ],
  [
    'under way for long',
    { startedAt: minutes(START - 1441), finishedAt: undefined },
    {},
    'time',
    'time-long',
    0,
  ],
  ['its own service', {}, {}, 'graph', 'graph-own', 0.5],
  [
    'a dependency',
    { serviceId: 'price' },
    {},
    'graph',
    'graph-dependency',
    -0.7,
  ],
  ['two steps', { serviceId: 'rates' }, {}, 'graph', 'graph-dependency', -1.6],
  ['high risk', { risk: 'high' }, {}, 'risk', 'risk-high', 0.7],
  ['low risk', { risk: 'low' }, {}, 'risk', 'risk-low', -0.5],
  ['risk not known', {}, {}, 'risk', 'risk-unknown', 0],
  // ln(0.011 / 0.002) − 1.2
  [
    'errors rose',
    { errors: { before: 0.001, after: 0.01 } },
    {},
    'errors',
    'errors-rose',
    0.504748,
  ],
  [
    'errors rose much',
    { errors: { before: 0, after: 0.3 } },
    {},
    'errors',
    'errors-rose',
    2,
  ],
  [
    'errors as before',
    { errors: { before: 0.01, after: 0.01 } },
    {},
    'errors',
    'errors-same',
    -1.2,
  ],
  [
    'errors fell',
    { errors: { before: 0.2, after: 0 } },
    {},
    'errors',
    'errors-same',
    -1.2,
  ],
  ['errors not known', {}, {}, 'errors', 'errors-unknown', 0],
  [
    'named',
    {},
    { texts: ['x', 'since v2.0.1: errors'] },
    'text',
    'text-names',
    2.5,
  ],
  [
    'another is named',
    {},
    { texts: ['since v2.0.10'] },
    'text',
    'text-silent',
    0,
  ],
])('factor: %s', (_, more, about, factor, code, logOdds) => {
  const { suspects } = suspectsOf({
    incident: incident(about),
    candidates: [candidate('v2', 10, { names: ['v2.0.1'], ...more })],
    hops,
  });
  const found = suspects[0].factors.find(each => each.factor === factor);
  expect(found?.reason.code).toBe(code);
  expect(found?.logOdds).toBeCloseTo(logOdds, 5);
  expect(found?.reason.text.length).toBeGreaterThan(10);
  expect(suspects[0].score).toBeCloseTo(
    suspects[0].factors.reduce((sum, each) => sum + each.logOdds, 0),
    12,
  );
});
