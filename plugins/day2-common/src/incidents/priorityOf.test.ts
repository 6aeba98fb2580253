import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IncidentOverride, SeverityWord } from './incident';
import { PRIORITY_MATRIX } from './priority';
import { priorityOf, type PriorityRules } from './priorityOf';

/** `pagerduty priority=P2 urgency=high`. */
function told(line: string) {
  const [tool, ...words] = line.split(' ');
  return {
    tool,
    words: words.map(each => {
      const [field, word] = each.split('=');
      return { field: field as SeverityWord['field'], word };
    }),
  };
}

const said = { by: 'ann', at: 5, reference: { source: 'pd', key: '1' } };

it('the matrix is ITIL’s', () => {
  const levels = ['high', 'medium', 'low'] as const;
  expect(
    levels.map(impact =>
      levels.map(urgency => PRIORITY_MATRIX[impact][urgency]),
    ),
  ).toEqual([
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
  ]);
});

// Priority and codes of the reasons, each worked out by hand.
it.each<[string, string[], number | undefined, string[]]>([
  [
    'P1 is P1',
    ['opsgenie priority=P1'],
    1,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'P2 is P2',
    ['opsgenie priority=P2'],
    2,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'P3 is P3',
    ['opsgenie priority=P3'],
    3,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'P4 is P4',
    ['opsgenie priority=P4'],
    4,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'P5 is P5',
    ['opsgenie priority=P5'],
    5,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'a SEV is a priority',
    ['pagerduty priority=SEV-2'],
    2,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'the urgency of a service does not raise a priority',
    ['pagerduty priority=P4 urgency=high'],
    4,
    ['matrix', 'impact-by-priority', 'urgency-by-priority'],
  ],
  [
    'an urgency alone: impact is taken as medium',
    ['pagerduty urgency=high'],
    2,
    ['matrix', 'urgency-by-urgency', 'impact-assumed'],
  ],
  [
    'a low urgency alone',
    ['pagerduty urgency=low'],
    4,
    ['matrix', 'urgency-by-urgency', 'impact-assumed'],
  ],
  [
    'a critical alert',
    ['alertmanager severity=critical'],
    1,
    ['matrix', 'impact-by-severity', 'urgency-by-severity'],
  ],
  [
    'a warning',
    ['alertmanager severity=Warning'],
    3,
    ['matrix', 'impact-by-severity', 'urgency-by-severity'],
  ],
  [
    'an alert that pages',
    ['alertmanager severity=page'],
    2,
    ['matrix', 'urgency-by-severity', 'impact-assumed'],
  ],
  [
    'the highest of each over all references: medium impact, high urgency',
    ['alertmanager severity=warning', 'pagerduty urgency=high'],
    2,
    ['matrix', 'impact-by-severity', 'urgency-by-urgency'],
  ],
  [
    'a word that nobody knows',
    ['alertmanager severity=purple'],
    undefined,
    ['word-unknown', 'nothing-known'],
  ],
  ['no word', ['alertmanager'], undefined, ['nothing-known']],
])('%s', (_, lines, priority, codes) => {
  const verdict = priorityOf({ references: lines.map(told) });
  expect(verdict.priority).toBe(priority);
  expect(verdict.reasons.map(({ code }) => code)).toEqual(codes);
});

it.each<[string, PriorityRules, number]>([
  [
    'a word of its own',
    {
      meanings: {
        alertmanager: {
          severity: { purple: { impact: 'low', urgency: 'low' } },
        },
      },
    },
    5,
  ],
  [
    'a word of any tool',
    { meanings: { '*': { severity: { purple: { impact: 'high' } } } } },
    2,
  ],
  [
    'a matrix',
    {
      meanings: { '*': { severity: { purple: { urgency: 'high' } } } },
      matrix: { ...PRIORITY_MATRIX, medium: { high: 1, medium: 1, low: 1 } },
    },
    1,
  ],
  [
    'an impact by service',
    {
      meanings: { '*': { severity: { purple: { urgency: 'high' } } } },
      assumedImpact: 'low',
    },
    3,
  ],
])('configured: %s', (_, rules, priority) => {
  const references = [told('alertmanager severity=purple')];
  expect(priorityOf({ references, rules }).priority).toBe(priority);
});

it.each<[string, IncidentOverride[], number, string]>([
  [
    'an impact',
    [{ ...said, field: 'impact', value: 'low' }],
    3,
    'impact-by-hand',
  ],
  [
    'a priority',
    [{ ...said, field: 'priority', value: 4 }],
    4,
    'priority-by-hand',
  ],
  [
    'the last word',
    [
      { ...said, field: 'priority', value: 4 },
      { ...said, at: 6, field: 'priority', value: 5 },
    ],
    5,
    'priority-by-hand',
  ],
])('by hand: %s', (_, overrides, priority, code) => {
  const verdict = priorityOf({
    references: [told('alertmanager severity=critical')],
    overrides,
  });
  expect(verdict.priority).toBe(priority);
  expect(verdict.reasons.map(each => each.code)).toContain(code);
});

const data = resolve(__dirname, '../../../../../shared/data');
const hasData = existsSync(data);
(hasData ? describe : describe.skip)(
  'real payloads, where they are beside the repository',
  () => {
    const read = (path: string) =>
      JSON.parse(readFileSync(join(data, path), 'utf8'));

    it.each(['pagerduty/incident-a.json', 'pagerduty/incident-b.json'])(
      'of PagerDuty: %s',
      path => {
        const { urgency, priority } = read(path);
        const words: SeverityWord[] = [
          { field: 'urgency', word: urgency },
          ...(priority
            ? [{ field: 'priority' as const, word: priority.summary }]
            : []),
        ];
        const verdict = priorityOf({
          references: [{ tool: 'pagerduty', words }],
        });
        expect(words.length).toBeGreaterThan(0);
        expect(verdict.reasons.map(({ code }) => code)).not.toContain(
          'word-unknown',
        );
        // The first is P2 with a high urgency.
        expect(verdict.priority).toBe(2);
      },
    );

    it('of Opsgenie: an alert and an incident', () => {
      for (const path of [
        'opsgenie/alert-a.json',
        'opsgenie/incident-a.json',
      ]) {
        const words = [
          { field: 'priority' as const, word: read(path).priority },
        ];
        expect(
          priorityOf({ references: [{ tool: 'opsgenie', words }] }).priority,
        ).toBe(3);
      }
    });

    it('of Alertmanager: a critical alert', () => {
      const [{ labels }] = read('alertmanager/am-webhook-04.json').alerts;
      const words = [{ field: 'severity' as const, word: labels.severity }];
      expect(
        priorityOf({ references: [{ tool: 'alertmanager', words }] }).priority,
      ).toBe(1);
    });
  },
);
