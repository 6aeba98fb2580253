import { minutes, observations, reference } from './__testUtils__/observations';
import type { IncidentOverride, InstantName } from './incident';
import { incidentsOf } from './incidentsOf';
import { incidentTimesOf } from './incidentTimesOf';

const names: InstantName[] = [
  'impactStartedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
];

/** `resolvedAt 60 @70`: a person's word, in minutes; `-`: it has not happened. */
function override(line: string): IncidentOverride {
  const [field, value, at] = line.split(' ');
  return {
    reference: reference('pd 1'),
    field: field as InstantName,
    ...(value === '-' ? {} : { value: minutes(Number(value)) }),
    by: 'ann',
    at: minutes(Number(at.slice(1))),
    why: 'seen in the logs',
  };
}

function only(text: string, said: string[] = []) {
  const found = incidentsOf({
    observations: observations(text),
    overrides: said.map(override),
  });
  expect(found).toHaveLength(1);
  return found[0];
}

// Impact start, detected, acknowledged, mitigated, resolved; state; codes of
// contradictions. Each worked out by hand.
const cases: [string, string, string[], string, string, string[]][] = [
  ['as one tool says', 'pd 1 10-60 ack@12', [], '- 10 12 - 60', 'resolved', []],
  ['open', 'pd 1 10', [], '- 10 - - -', 'open', []],
  ['mitigated', 'pd 1 10- mit@30', [], '- 10 - 30 -', 'mitigated', []],
  [
    'the first to detect, the first to acknowledge, the last to end',
    'pd 1 10-60 ack@15\nog 2 8-70 ack@12',
    [],
    '- 8 12 - 70',
    'resolved',
    [],
  ],
  [
    'an alert that ends mitigates',
    'am x 8-50\npd 1 10-',
    [],
    '- 8 - 50 -',
    'mitigated',
    ['open-elsewhere'],
  ],
  [
    'an alert that fires on: neither mitigated nor resolved',
    'am x 8-\npd 1 10-60 mit@30',
    [],
    '- 8 - - -',
    'open',
    ['open-elsewhere'],
  ],
  [
    'the last of two alerts',
    'am x 8-30\nam y 9-40\npd 1 10-60',
    [],
    '- 8 - 40 60',
    'resolved',
    [],
  ],
  [
    'mitigated, then something opens again',
    'am x 8-9\npd 1 12-60',
    [],
    '- 8 - - 60',
    'resolved',
    [],
  ],
  [
    'impact starts within the tolerance: the earliest',
    'og 2 8-60 imp@5\npd 1 10-60 imp@7',
    [],
    '5 8 - - 60',
    'resolved',
    [],
  ],
  [
    'impact starts and mitigations that differ',
    'og 2 8-60 imp@1 mit@20\npd 1 10-60 imp@7 mit@40',
    [],
    '1 8 - 40 60',
    'resolved',
    ['impact-start-differs', 'mitigation-differs'],
  ],
  [
    'an impact that starts after its detection',
    'og 2 8-60 imp@12',
    [],
    '12 8 - - 60',
    'resolved',
    ['out-of-order'],
  ],
  [
    'a person says when the impact started and ended',
    'pd 1 10-600',
    ['impactStartedAt 2 @700', 'mitigatedAt 40 @700'],
    '2 10 - 40 600',
    'resolved',
    [],
  ],
  [
    'of two words the last',
    'pd 1 10-60',
    ['impactStartedAt 2 @700', 'impactStartedAt 4 @701'],
    '4 10 - - 60',
    'resolved',
    [],
  ],
  [
    'a person says that it is over',
    'pd 1 10-',
    ['resolvedAt 60 @70'],
    '- 10 - - 60',
    'resolved',
    ['resolved-by-hand'],
  ],
  [
    'a person says that it is not over',
    'pd 1 10-60',
    ['resolvedAt - @70'],
    '- 10 - - -',
    'open',
    [],
  ],
  [
    'a person says that it is not over, and then a tool ends it',
    'pd 1 10-90',
    ['resolvedAt - @70'],
    '- 10 - - 90',
    'resolved',
    [],
  ],
  [
    'a person says that it is not over, and one of two tools ends it',
    'pd 1 10-90\nam x 8-',
    ['resolvedAt - @70'],
    '- 8 - - -',
    'open',
    ['open-elsewhere'],
  ],
  [
    'a person says that it is not mitigated, and then a tool tells it',
    'pd 1 10- mit@80',
    ['mitigatedAt - @70'],
    '- 10 - 80 -',
    'mitigated',
    [],
  ],
  [
    'a person says that nobody acknowledged it',
    'pd 1 10-60 ack@12',
    ['acknowledgedAt - @5'],
    '- 10 - - 60',
    'resolved',
    [],
  ],
  [
    'a person says that it is over, and then something opens',
    'pd 1 10-\nam x 90-',
    ['resolvedAt 60 @70'],
    '- 10 - - -',
    'open',
    [],
  ],
  [
    'a person says so after it had opened',
    'pd 1 10-\nam x 65-',
    ['resolvedAt 60 @70'],
    '- 10 - - 60',
    'resolved',
    ['resolved-by-hand'],
  ],
];

it.each(cases)(
  'instants: %s',
  (_, text, said, expected, state, contradictions) => {
    const incident = only(text, said);
    const told = names.map(name => {
      const { at } = incident.instants[name];
      return at === undefined ? '-' : String((at - minutes(0)) / 60_000);
    });
    expect(told.join(' ')).toBe(expected);
    expect(incident.state).toBe(state);
    expect(incident.contradictions.map(({ code }) => code)).toEqual(
      contradictions,
    );
  },
);

it('every word stays, with whose it is', () => {
  const { resolvedAt, mitigatedAt } = only('am x 8-50\npd 1 10-60', [
    'resolvedAt 55 @70',
  ]).instants;
  const ann = {
    kind: 'person',
    by: 'ann',
    at: minutes(70),
    why: 'seen in the logs',
  };
  const ofTool = (name: string) => ({ kind: 'reference', ...reference(name) });
  expect(mitigatedAt).toEqual({
    at: minutes(50),
    origin: ofTool('am x'),
    words: [{ at: minutes(50), origin: ofTool('am x') }],
  });
  expect(resolvedAt).toEqual({
    at: minutes(55),
    origin: ann,
    words: [
      { at: minutes(50), origin: ofTool('am x') },
      { at: minutes(55), origin: ann },
      { at: minutes(60), origin: ofTool('pd 1') },
    ],
  });
});

it.each([
  ['never', 'am x 8-50\npd 1 10-60', [], []],
  ['not where one ends as the next begins', 'am x 8-20\nam y 20-40', [], []],
  ['by its tool', 'pd 1 10-60 gap@20-30', [], ['20-30 pd 1']],
  [
    'by its tool, while another was open',
    'am x 8-40\npd 1 10-60 gap@20-30',
    [],
    [],
  ],
  ['by another alert', 'am x 8-20\nam y 23-40\npd 1 24-50', [], ['20-23 am y']],
  [
    'after a person had ended it',
    'pd 1 10-\nam x 90-',
    ['resolvedAt 60 @70'],
    ['60-90 am x'],
  ],
])('reopened: %s', (_, text, said, expected) => {
  const { reopened } = only(text, said);
  const minute = (at: number) => (at - minutes(0)) / 60_000;
  expect(
    reopened.map(
      ({ resolvedAt, reopenedAt, reference: { source, key } }) =>
        `${minute(resolvedAt)}-${minute(reopenedAt)} ${source} ${key}`,
    ),
  ).toEqual(expected);
});

it.each([
  ['pd 1 10-60 imp@5 ack@12', [300, 120, 3300]],
  ['pd 1 10-60 imp@5 mit@35', [300, 'not-told', 1800]],
  ['pd 1 10-60', ['not-told', 'not-told', 3000]],
  ['pd 1 10-', ['not-told', 'not-told', 'not-told']],
  ['pd 1 10-60 imp@15', ['negative', 'not-told', 2700]],
])('seconds to detect, acknowledge and restore: %s', (text, expected) => {
  const { detect, acknowledge, restore } = incidentTimesOf(only(text));
  expect(
    [detect, acknowledge, restore].map(
      ({ value, missing }) => value ?? missing,
    ),
  ).toEqual(expected);
});
