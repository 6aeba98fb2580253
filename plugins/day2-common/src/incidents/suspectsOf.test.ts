import { randomOf } from '../delivery/__testUtils__/random';
import { minutes } from './__testUtils__/observations';
import { shuffled } from './__testUtils__/shuffled';
import {
  candidate,
  hops,
  incident,
  START,
  undone,
  word,
} from './__testUtils__/suspects';
import type { SuspectDecision } from './suspect';
import { SUSPECT_RULES } from './suspectRules';
import { suspectsOf } from './suspectsOf';

/** `v2 confirmed cause-field, v1 candidate settled`. */
function told(options: Parameters<typeof suspectsOf>[0]): string {
  return suspectsOf(options)
    .suspects.map(
      ({ id, state, reasons }) =>
        `${id} ${state} ${reasons.map(({ code }) => code).join('+')}`,
    )
    .join(', ');
}

it('a probability is the share of the odds, "no change" included', () => {
  // 0.5 + ln(0.8 · 24 · e^(−1) + 0.2) = 2.482832 for both; "no change" has 1.5.
  const { suspects, noChange } = suspectsOf({
    incident: incident(),
    candidates: [candidate('v1', 60), candidate('v2', 60)],
    hops,
  });
  const each = Math.exp(2.482832);
  const all = 2 * each + Math.exp(1.5);
  expect(suspects.map(({ id }) => id)).toEqual(['v1', 'v2']);
  for (const { probability, state } of suspects) {
    expect(probability).toBeCloseTo(each / all, 5);
    expect(state).toBe('candidate');
  }
  expect(noChange.probability).toBeCloseTo(Math.exp(1.5) / all, 5);
});

it.each<[string, Partial<Parameters<typeof suspectsOf>[0]>, string]>([
  ['none', { candidates: [] }, ''],
  [
    'alone, an hour before: 0.727',
    { candidates: [candidate('v2', 60)] },
    'v2 suspected above-threshold',
  ],
  [
    'alone, two hours before',
    { candidates: [candidate('v2', 120)] },
    'v2 candidate below-threshold',
  ],
  [
    'beyond the look-back, of no dependency, after the start: no candidates',
    {
      candidates: [
        candidate('v1', 1441),
        candidate('v2', 5, { serviceId: 'feed' }),
        candidate('v3', -10),
      ],
    },
    '',
  ],
  [
    'of another environment',
    {
      incident: incident({ environments: ['production'] }),
      candidates: [
        candidate('v1', 50, { environment: 'production' }),
        candidate('v2', 5, { environment: 'staging' }),
      ],
    },
    'v1 suspected above-threshold',
  ],
  [
    'a cause field',
    {
      incident: incident({ causes: [{ field: 'cause', name: 'v1.0.1' }] }),
      candidates: [candidate('v1', 300), candidate('v2', 5)],
    },
    'v1 confirmed cause-field, v2 candidate settled',
  ],
  [
    'a cause field, beyond the look-back and the dependencies',
    {
      incident: incident({ causes: [{ field: 'cause', name: 'v1' }] }),
      candidates: [candidate('v1', 9000, { serviceId: 'feed' })],
    },
    'v1 confirmed cause-field',
  ],
  [
    'a version that two services have: the nearer one',
    {
      incident: incident({ causes: [{ field: 'cause', name: '7' }] }),
      candidates: [
        candidate('p', 3, { serviceId: 'price', names: ['7'] }),
        candidate('c', 500, { names: ['7'] }),
      ],
    },
    'c confirmed cause-field, p candidate settled',
  ],
  [
    'a version that came again after the start: the one before it',
    {
      incident: incident({ causes: [{ field: 'cause', name: '7' }] }),
      candidates: [
        candidate('again', -3, { names: ['7'] }),
        candidate('c', 500, { names: ['7'] }),
      ],
    },
    'c confirmed cause-field',
  ],
  [
    'a commit by the beginning of its sha',
    {
      incident: incident({ causes: [{ field: 'commit', name: 'ab12cd3' }] }),
      candidates: [
        candidate('v1', 300, { names: [`ab12cd3${'0'.repeat(33)}`] }),
      ],
    },
    'v1 confirmed cause-field',
  ],
  [
    'rolled back while it lasted',
    {
      candidates: [candidate('v2', 300, { undone: [undone('rollback', 20)] })],
    },
    'v2 confirmed rolled-back',
  ],
  [
    'a dependency rolled back while it lasted',
    {
      candidates: [
        candidate('v2', 300, {
          serviceId: 'rates',
          undone: [undone('rollback', 20)],
        }),
      ],
    },
    'v2 confirmed rolled-back',
  ],
  [
    'another service rolled back while it lasted',
    {
      candidates: [
        candidate('v2', 300, {
          serviceId: 'feed',
          undone: [undone('rollback', 20)],
        }),
      ],
    },
    '',
  ],
  [
    'rolled back before it began',
    {
      candidates: [candidate('v2', 300, { undone: [undone('rollback', -20)] })],
    },
    'v2 candidate below-threshold',
  ],
  [
    'rolled back long after its end',
    {
      incident: incident({ resolvedAt: minutes(START + 30) }),
      candidates: [candidate('v2', 300, { undone: [undone('rollback', 91)] })],
    },
    'v2 candidate below-threshold',
  ],
  [
    'reverted shortly after its end',
    {
      incident: incident({ resolvedAt: minutes(START + 30) }),
      candidates: [candidate('v2', 300, { undone: [undone('revert', 90)] })],
    },
    'v2 confirmed reverted',
  ],
  [
    'its analysis failed just before',
    {
      candidates: [
        candidate('v2', 300, { undone: [undone('analysis-run', -59, '')] }),
      ],
    },
    'v2 confirmed analysis-failed',
  ],
  [
    'a person rejects what the records tell',
    {
      candidates: [candidate('v2', 300, { undone: [undone('rollback', 20)] })],
      decisions: [word('v2', 'rejected')],
    },
    'v2 rejected rejected-by-hand+rolled-back',
  ],
  [
    'without the one that is rejected the other is suspected',
    {
      candidates: [candidate('v1', 50), candidate('v2', 40)],
      decisions: [word('v2', 'rejected')],
    },
    'v1 suspected above-threshold, v2 rejected rejected-by-hand',
  ],
  [
    'the last word',
    {
      candidates: [candidate('v2', 5)],
      decisions: [word('v2', 'rejected', 1), word('v2', 'confirmed', 2)],
    },
    'v2 confirmed confirmed-by-hand',
  ],
  [
    'a person confirms one that was no candidate',
    {
      candidates: [candidate('v1', 5000), candidate('v2', 5)],
      decisions: [word('v1', 'confirmed')],
    },
    'v1 confirmed confirmed-by-hand, v2 candidate settled',
  ],
  [
    'a person confirms one that came after the start that is known',
    {
      candidates: [candidate('v3', -10)],
      decisions: [word('v3', 'confirmed')],
    },
    'v3 confirmed confirmed-by-hand+after-start',
  ],
  [
    'a person says that no change did it',
    {
      candidates: [candidate('v2', 5)],
      decisions: [word('none', 'confirmed')],
    },
    'v2 candidate settled',
  ],
  [
    'a person says that no change did it, whatever was rolled back',
    {
      candidates: [candidate('v2', 5, { undone: [undone('rollback', 20)] })],
      decisions: [word('none', 'confirmed')],
    },
    'v2 candidate settled-by-hand+rolled-back',
  ],
  [
    'a person confirms another than the one that was rolled back',
    {
      candidates: [
        candidate('v1', 50),
        candidate('v2', 5, { undone: [undone('rollback', 20)] }),
      ],
      decisions: [word('v1', 'confirmed')],
    },
    'v1 confirmed confirmed-by-hand, v2 candidate settled-by-hand+rolled-back',
  ],
  [
    'what a person confirms that is no more overrules nothing',
    {
      candidates: [candidate('v2', 5, { undone: [undone('rollback', 20)] })],
      decisions: [word('gone', 'confirmed')],
    },
    'v2 confirmed rolled-back',
  ],
  [
    'a person says that some change did it',
    {
      candidates: [candidate('v2', 120)],
      decisions: [word('none', 'rejected')],
    },
    'v2 suspected above-threshold',
  ],
])('states: %s', (_, options, expected) => {
  expect(told({ incident: incident(), candidates: [], hops, ...options })).toBe(
    expected,
  );
});

it('what is named and came after the start is a fix', () => {
  const { suspects, fixes } = suspectsOf({
    incident: incident({
      texts: ['v3.0.1 should mend it'],
      causes: [{ field: 'fixed by', name: 'v4' }],
      resolvedAt: minutes(START + 100),
    }),
    candidates: [
      candidate('v2', 5, { undone: [undone('rollback', 20, 'v1')] }),
      candidate('v1', -20),
      candidate('v3', -50),
      candidate('v4', -60),
      candidate('v5', -70),
      // Named too, but long after the end.
      candidate('later', -400, { names: ['v3.0.1'] }),
    ],
    hops,
  });
  expect(suspects.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'v2 confirmed',
  ]);
  expect(
    fixes.map(({ id, reasons }) => `${id} ${reasons.map(each => each.code)}`),
  ).toEqual(['v1 rollback', 'v3 named-after-start', 'v4 named-after-start']);
});

it.each<[string, SuspectDecision[], string[]]>([
  ['nobody says otherwise', [], ['v1']],
  ['a person says no change', [word('none', 'confirmed')], []],
  ['a person confirms another', [word('v0', 'confirmed')], []],
  ['a person rejects it', [word('v2', 'rejected')], []],
  ['a person confirms it too', [word('v2', 'confirmed')], ['v1']],
])('a rollback mends: %s', (_, decisions, expected) => {
  const { fixes } = suspectsOf({
    incident: incident(),
    candidates: [
      candidate('v0', 50),
      candidate('v2', 5, { undone: [undone('rollback', 20, 'v1')] }),
      candidate('v1', -20),
    ],
    hops,
    decisions,
  });
  expect(fixes.map(({ id }) => id)).toEqual(expected);
});

it.each([1, 2, 3])('the order of what is told changes nothing (%d)', seed => {
  const random = randomOf(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const candidates = Array.from({ length: 30 }, (_, at) =>
    candidate(`v${at}`, upTo(1500) - 60, {
      serviceId: ['cart', 'price', 'rates', 'feed'][upTo(4)],
      names: [`v${upTo(12)}.0.1`],
      risk: ([undefined, 'low', 'high'] as const)[upTo(3)],
      errors: random() < 0.5 ? { before: 0.01, after: random() } : undefined,
      undone: random() < 0.04 ? [undone('rollback', upTo(60), 'v3')] : [],
    }),
  );
  const decisions = Array.from({ length: seed }, () =>
    word(`v${upTo(30)}`, random() < 0.5 ? 'confirmed' : 'rejected', upTo(3)),
  );
  const about = incident({ texts: ['since v7.0.1'] });
  const expected = suspectsOf({ incident: about, candidates, hops, decisions });
  const sum = expected.suspects.reduce(
    (all, { probability }) => all + probability,
    expected.noChange.probability,
  );
  expect(sum).toBeCloseTo(1, 12);
  expect(expected.suspects.length).toBeGreaterThan(5);
  for (let time = 0; time < 5; time += 1) {
    expect(
      suspectsOf({
        incident: about,
        candidates: shuffled(candidates, random),
        hops,
        decisions: shuffled(decisions, random),
      }),
    ).toEqual(expected);
  }
});

it('the threshold is a parameter', () => {
  const options = {
    incident: incident(),
    candidates: [candidate('v2', 60)],
    hops,
  };
  const rules = { ...SUSPECT_RULES, threshold: 0.99 };
  expect(told({ ...options, rules })).toBe('v2 candidate below-threshold');
});
