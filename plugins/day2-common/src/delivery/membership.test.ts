import { isInSpan, memberSpansOf, type ServiceMoment } from './membership';
import type { MembershipMode } from './scoreboard';

const range = { from: 100, to: 200 };

/** `cart 0-150 team-a shop`: of service cart from 0 to 150, owner and system; `x` removed. */
function read(lines: string[]): ServiceMoment[] {
  return lines.map(line => {
    const [serviceId, time, owner, system, removed] = line.split(' ');
    const [from, to] = time.split('-');
    return {
      serviceId,
      ref: `component:default/${serviceId}`,
      validFrom: Number(from),
      validTo: to ? Number(to) : undefined,
      owner: owner === '?' ? undefined : `group:default/${owner}`,
      system: system && `system:default/${system}`,
      domain: 'domain:default/retail',
      removed: removed === 'x',
    };
  });
}

function spans(options: {
  of: string;
  mode?: MembershipMode;
  lines: string[];
  parents?: Record<string, string[]>;
}): string[] {
  const [grouping, name] = options.of.split(' ');
  const kind = { team: 'group', service: 'component' }[grouping] ?? grouping;
  return memberSpansOf({
    group: {
      grouping: grouping as 'team',
      ref: name && `${kind}:default/${name}`,
    },
    mode: options.mode ?? 'then',
    range,
    moments: read(options.lines),
    parents: new Map(
      Object.entries(options.parents ?? {}).map(([child, above]) => [
        `group:default/${child}`,
        above.map(each => `group:default/${each}`),
      ]),
    ),
  }).map(
    ({ serviceId, from, to, assumed }) =>
      `${serviceId} ${from}-${to}${assumed ? ' assumed' : ''}`,
  );
}

const moved = ['cart 0-150 a shop', 'cart 150- b shop'];

describe('memberSpansOf', () => {
  it.each<[string, Parameters<typeof spans>[0], string[]]>([
    [
      'moved in mid-range, then',
      { of: 'team a', lines: moved },
      ['cart 100-150'],
    ],
    ['the new team, then', { of: 'team b', lines: moved }, ['cart 150-200']],
    [
      'moved in mid-range, now',
      { of: 'team a', mode: 'now', lines: moved },
      [],
    ],
    [
      'the new team, now',
      { of: 'team b', mode: 'now', lines: moved },
      ['cart 100-200'],
    ],
    [
      'its system did not change: one span',
      { of: 'system shop', lines: moved },
      ['cart 100-200'],
    ],
    ['a domain', { of: 'domain retail', lines: moved }, ['cart 100-200']],
    ['a service', { of: 'service cart', lines: moved }, ['cart 100-200']],
    [
      'moved away and back',
      {
        of: 'team a',
        lines: ['cart 0-120 a', 'cart 120-130 b', 'cart 130- a'],
      },
      ['cart 100-120', 'cart 130-200'],
    ],
    [
      'moved after the range: it was theirs then, and is not now',
      { of: 'team a', lines: ['cart 0-300 a', 'cart 300- b'] },
      ['cart 100-200'],
    ],
    [
      'its past is not known: the first moment stands in, and says so',
      { of: 'team a', lines: ['cart 150- a'] },
      ['cart 100-200 assumed'],
    ],
    [
      'before the first moment it was nobody else’s',
      { of: 'team b', lines: ['cart 150-160 a', 'cart 160- b'] },
      ['cart 160-200'],
    ],
    [
      'nested groups',
      {
        of: 'team top',
        lines: ['cart 0- leaf', 'till 0- middle', 'bank 0- other', 'hq 0- top'],
        parents: { leaf: ['middle'], middle: ['top'], other: ['elsewhere'] },
      },
      ['cart 100-200', 'hq 100-200', 'till 100-200'],
    ],
    [
      'a move within the group is none',
      {
        of: 'team top',
        lines: moved,
        parents: { a: ['top'], b: ['top'] },
      },
      ['cart 100-200'],
    ],
    [
      'groups that are parts of each other',
      { of: 'team a', lines: moved, parents: { a: ['b'], b: ['a'] } },
      ['cart 100-200'],
    ],
    [
      'refs in another case are the same',
      { of: 'team A', lines: ['cart 0- a'] },
      ['cart 100-200'],
    ],
    [
      'the organisation: all, until they were removed',
      {
        of: 'organisation',
        lines: ['cart 0-130 a shop', 'cart 130- a shop x', 'till 0- ?'],
      },
      ['cart 100-130', 'till 100-200'],
    ],
    [
      'the organisation now: what is there',
      {
        of: 'organisation',
        mode: 'now',
        lines: ['cart 0-130 a shop', 'cart 130- a shop x', 'till 0- ?'],
      },
      ['till 100-200'],
    ],
    ['no owner is no team’s', { of: 'team a', lines: ['till 0- ?'] }, []],
    ['a team that has none', { of: 'team c', lines: moved }, []],
    ['no service at all', { of: 'organisation', lines: [] }, []],
  ])('%s', (_, options, expected) => {
    expect(spans(options)).toEqual(expected);
    expect(spans({ ...options, lines: [...options.lines].reverse() })).toEqual(
      expected,
    );
  });

  it('each instant of a service counts for one of two teams', () => {
    const all = ['team a', 'team b'].flatMap(of => spans({ of, lines: moved }));
    expect(all).toEqual(['cart 100-150', 'cart 150-200']);
    expect(
      [99, 100, 149, 150].map(at => isInSpan({ from: 100, to: 150 }, at)),
    ).toEqual([false, true, true, false]);
  });
});
