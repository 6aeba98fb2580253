import { minutes } from './__testUtils__/observations';
import { candidate, hops, incident, START } from './__testUtils__/suspects';
import { SLOT_MS } from '../objectives/slots';
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

/** Slots from `from` to `to`, in minutes before the start. */
const began = (from: number, to: number, healthySlots: number) => ({
  from: minutes(START - from),
  to: minutes(START - to),
  healthyMs: healthySlots * SLOT_MS,
});
const rose = { before: 0.001, after: 0.01 };

// Of a candidate that took two minutes, and finished so many before the start.
const ONSETS: [string, number, Partial<SuspectCandidate>, string, number][] = [
  ['in the slot', 8, { onset: { own: began(10, 5, 0) } }, 'onset-at', 1.7],
  ['a slot before', 12, { onset: { own: began(10, 5, 0) } }, 'onset-at', 1.7],
  ['two before', 18, { onset: { own: began(10, 5, 1) } }, 'onset-late', -1.6],
  ['healthy', 30, { onset: { own: began(10, 5, 3) } }, 'onset-late', -1.6],
  [
    'healthy long',
    900,
    { onset: { own: began(9, 4, 178) } },
    'onset-late',
    -1.6,
  ],
  [
    'while it rolled out',
    4,
    { onset: { own: began(10, 5, 0) } },
    'onset-at',
    1.7,
  ],
  [
    'in the slot, and it was being rolled out at the start',
    -1,
    {
      startedAt: minutes(START - 3),
      onset: { own: began(5, 0, 0) },
    },
    'onset-at',
    2,
  ],
  [
    'its own are not measured, and it was being rolled out at the start',
    -1,
    {
      startedAt: minutes(START - 3),
      onset: { hit: began(5, 0, 0) },
    },
    'onset-at',
    2,
  ],
  [
    'it came after',
    2,
    { onset: { own: began(10, 5, 0) } },
    'onset-before',
    -10,
  ],
  [
    'in one of seven',
    20,
    { onset: { own: began(40, 5, 0) } },
    'onset-vague',
    0,
  ],
  [
    'healthy before one of seven',
    60,
    { onset: { own: began(40, 5, 4) } },
    'onset-late',
    -1.6,
  ],
  [
    'it came after what is hit, just before its own',
    8,
    { onset: { own: began(5, 0, 0), hit: began(30, 25, 0) } },
    'onset-before',
    -10,
  ],
  [
    'its own tell, not what is hit',
    30,
    { onset: { own: began(30, 25, 0), hit: began(5, 0, 5) } },
    'onset-at',
    1.7,
  ],
  [
    'its own are measured and did not begin',
    8,
    { errors: rose, onset: { hit: began(8, 3, 0) } },
    'errors-rose',
    0.504748,
  ],
  [
    'its own are measured then alone, and did not begin',
    4,
    { onset: { own: 'none', hit: began(8, 3, 0) } },
    'errors-same',
    -1.2,
  ],
  [
    'its own are as usual, what is hit was so before it',
    1,
    { onset: { own: 'none', hit: began(8, 3, 0) } },
    'onset-before',
    -10,
  ],
  [
    'its own are not measured',
    8,
    { onset: { hit: began(8, 3, 0) } },
    'onset-at',
    1.7,
  ],
  [
    'more than how they went',
    30,
    { errors: rose, onset: { own: began(10, 5, 4) } },
    'onset-late',
    -1.6,
  ],
];

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
  ...ONSETS.map(
    ([name, before, onset, code, logOdds]): [
      string,
      Partial<SuspectCandidate>,
      Partial<SuspectedIncident>,
      string,
      string,
      number,
    ] => [
      name,
      { ...candidate('v2', before), ...onset },
      {},
      'errors',
      code,
      logOdds,
    ],
  ),
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

it.each<[string, number, Partial<SuspectCandidate>]>([
  ['Errors began within 5 min of it', 9, {}],
  ['Errors began 2 min to 7 min after it', 12, {}],
  [
    'Errors began while it was being rolled out',
    12,
    { finishedAt: minutes(START) },
  ],
  ['Errors began while it was being rolled out', 12, { finishedAt: undefined }],
  ['Errors had begun 3 min or more before it', 0, {}],
  [
    '18 min of healthy traffic lay between it and the first errors',
    30,
    { onset: { own: { ...began(10, 5, 0), healthyMs: 18 * 60_000 } } },
  ],
  [
    'When errors began is not known closely',
    12,
    { onset: { own: began(45, 5, 0) } },
  ],
])('says “%s”', (text, before, more) => {
  const onset = began(10, 5, 0);
  const { suspects } = suspectsOf({
    incident: incident(),
    candidates: [
      candidate('v2', before, { onset: { own: onset, hit: onset }, ...more }),
    ],
    hops,
  });
  const found = suspects[0].factors.find(({ factor }) => factor === 'errors');
  expect(found?.reason.text).toBe(text);
});
