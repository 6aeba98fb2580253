import { randomOf } from '../delivery/__testUtils__/random';
import { minutes, observations, reference } from './__testUtils__/observations';
import { shuffled } from './__testUtils__/shuffled';
import type { GroupingDecision } from './incident';
import { referenceIdOf } from './incidentReference';
import { incidentsOf } from './incidentsOf';

/** `together pd 1, am x | am y @5`: whom, and when it was said. */
function decision(line: string): GroupingDecision {
  const [kind, left, right, at] =
    /^(\w+) (.+?) \| (.+?) @(\d+)$/.exec(line)?.slice(1) ?? [];
  const side = (text: string) => text.split(', ').map(reference);
  return {
    kind: kind as GroupingDecision['kind'],
    left: side(left),
    right: side(right),
    by: 'ann',
    at: minutes(Number(at)),
  };
}

function grouped(text: string, decisions: string[] = []): string[] {
  return incidentsOf({
    observations: observations(text),
    decisions: decisions.map(decision),
  }).map(({ references }) =>
    references.map(({ source, key }) => `${source} ${key}`).join(', '),
  );
}

// Each worked out by hand; the first name of each is what its id is made of.
const cases: [string, string, string[], string[]][] = [
  ['one reference', 'pd 1 10-60', ['pd 1'], []],
  [
    'the same outage from two tools',
    'am x 8-50\npd 1 10-60',
    ['am x, pd 1'],
    [],
  ],
  ['of other services', 'am x 8-50 s=a\npd 1 10-60 s=b', ['am x', 'pd 1'], []],
  [
    'a PagerDuty service of two services joins the alerts of both',
    'am x 8-50 s=a\nam y 9-50 s=b\npd 1 10-60 s=a,b',
    ['am x, am y, pd 1'],
    [],
  ],
  ['linked to no service', 'am x 8-50 s=\npd 1 10-60 s=', ['am x', 'pd 1'], []],
  ['one after the other', 'pd 1 10-60\npd 2 66-70', ['pd 1', 'pd 2'], []],
  ['again within five minutes', 'pd 1 10-60\npd 2 65-70', ['pd 1, pd 2'], []],
  ['open still', 'pd 1 10\nam x 300-310', ['pd 1, am x'], []],
  [
    'each within a day of another, as here, is one',
    'am x 0\npd 1 1440-1450\npd 2 1441-1460',
    ['am x, pd 1, pd 2'],
    [],
  ],
  [
    'open for more than a day, and a quiet time between',
    'am x 0\npd 1 1500-1510',
    ['am x', 'pd 1'],
    [],
  ],
  [
    'environments apart',
    'am x 8-50 e=production\nam y 8-50 e=staging',
    ['am x', 'am y'],
    [],
  ],
  [
    'one that names no environment joins the closest start',
    'am x 8-50 e=production\npd 1 10-60\nam y 13-50 e=staging',
    ['am x, pd 1', 'am y'],
    [],
  ],
  [
    'split by hand',
    'am x 8-50\npd 1 10-60',
    ['am x', 'pd 1'],
    ['apart am x | pd 1 @70'],
  ],
  [
    'split by hand, and what comes later joins the closest of the two',
    'am x 8-50\npd 1 10-60\nam z 11-40',
    ['am x', 'pd 1, am z'],
    ['apart am x | pd 1 @70'],
  ],
  [
    'merged by hand, of other services and days',
    'am x 8-50 s=a\npd 1 5000-5060 s=b',
    ['am x, pd 1'],
    ['together am x | pd 1 @5100'],
  ],
  [
    'the last word of several',
    'am x 8-50\npd 1 10-60',
    ['am x, pd 1'],
    ['apart am x | pd 1 @70', 'together am x | pd 1 @71'],
  ],
  [
    'a decision on what is not there any more',
    'am x 8-50',
    ['am x'],
    ['together am x | pd 9 @70'],
  ],
];

it.each(cases)('references of one incident: %s', (_, text, expected, said) => {
  expect(grouped(text, said)).toEqual(expected);
});

it('decisions that cannot all be followed: the last ones stand, the others show', () => {
  const [first, second] = incidentsOf({
    observations: observations('am x 8-50\nam y 8-50\npd 1 10-60'),
    decisions: [
      'together am x | pd 1 @70',
      'together am y | pd 1 @71',
      'apart am x | am y @72',
    ].map(decision),
  });
  expect(first.references.map(({ key }) => key)).toEqual(['x']);
  expect(second.references.map(({ key }) => key)).toEqual(['y', '1']);
  const overruled = expect.objectContaining({ code: 'together-overruled' });
  expect(first.contradictions).toEqual([overruled]);
  expect(second.contradictions).toEqual([overruled]);
});

it('a record of two tools', () => {
  const [incident, ...others] = incidentsOf({
    observations: observations(
      'am x 8-50 e=production s=b\npd 1 10-60 ack@12 imp@5 s=a,b',
    ),
  });
  expect(others).toEqual([]);
  expect(incident).toMatchObject({
    first: { source: 'am', key: 'x' },
    services: ['a', 'b'],
    environments: ['production'],
    title: 'pd 1',
    state: 'resolved',
    startedAt: minutes(5),
    reopened: [],
    contradictions: [],
  });
});

it('the id stays with a split, and every reference is an alias after a merge', () => {
  const text = 'am x 8-50\npd 1 10-60';
  const firstOf = (said: string[]) =>
    incidentsOf({
      observations: observations(text),
      decisions: said.map(decision),
    }).map(({ first }) => first.key);
  expect(firstOf([])).toEqual(['x']);
  expect(firstOf(['apart am x | pd 1 @70'])).toEqual(['x', '1']);
});

it.each([1, 2, 3, 4, 5, 6])(
  'whatever the order, and told twice, the incidents are the same (%d)',
  seed => {
    const random = randomOf(seed);
    const upTo = (n: number) => Math.floor(random() * n);
    const lines = Array.from({ length: 60 }, (_, at) => {
      const from = upTo(4000);
      const to = random() < 0.9 ? `-${from + upTo(120)}` : '-';
      const services = ['a', 'b', 'c', 'a,b', 'b,c', ''][upTo(6)];
      const more = [
        random() < 0.3 ? `mit@${from + upTo(60)}` : '',
        random() < 0.3 ? `imp@${from - upTo(20)}` : '',
        random() < 0.5 ? `e=${['production', 'staging'][upTo(2)]}` : '',
      ];
      return `${
        ['am', 'pd', 'og'][upTo(3)]
      } k${at} ${from}${to} s=${services} ${more.join(' ')}`;
    });
    const told = observations(lines.join('\n'));
    const one = () => [told[upTo(told.length)]];
    const said = Array.from({ length: 25 }, () => ({
      by: ['ann', 'bob'][upTo(2)],
      at: minutes(upTo(50)),
    }));
    const decisions = said.map(
      (each, at): GroupingDecision => ({
        ...each,
        kind: at % 2 === 0 ? 'apart' : 'together',
        left: one(),
        right: [...one(), ...one()],
      }),
    );
    const overrides = said.map(each => ({
      ...each,
      reference: one()[0],
      field: (['resolvedAt', 'mitigatedAt', 'impactStartedAt'] as const)[
        upTo(3)
      ],
      value: minutes(upTo(4000)),
    }));
    const expected = incidentsOf({ observations: told, decisions, overrides });
    for (let time = 0; time < 5; time += 1) {
      expect(
        incidentsOf({
          observations: shuffled([...told, ...told.slice(0, 20)], random),
          decisions: shuffled(decisions, random),
          overrides: shuffled(overrides, random),
        }),
      ).toEqual(expected);
    }
    // Each reference is in one incident, and decisions were among what told.
    const ids = expected.flatMap(({ references }) =>
      references.map(referenceIdOf),
    );
    expect([...ids].sort()).toEqual(told.map(referenceIdOf).sort());
    expect(expected.length).toBeLessThan(told.length);
    expect(expected.some(({ references }) => references.length > 2)).toBe(true);
  },
);
