import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DAY, HOUR, sequenceFrom } from './__testUtils__/story';
import { cellOf, mergeCells } from './cell';
import { deliveriesOf } from './deliveriesOf';
import { figuresOf, type FiguresInput } from './figuresOf';
import { isInSpan, memberSpansOf, type ServiceMoment } from './membership';
import { weeksOf } from './range';
import { roleIn } from './roleIn';
import { DeliveryMetric, type MembershipMode } from './scoreboard';

/** The cases of docs/delivery.md that are told in words: each is held to here. */
const path = resolve(__dirname, '../../../../docs/delivery.md');
const [, table] = readFileSync(path, 'utf8').split(
  /\| case\s+\| worked out\s+\|/,
);
const told = table
  .split('\n')
  .filter(line => /^\| \w/.test(line))
  .map(line => line.split('|')[1].trim());

const at = (iso: string) => Date.parse(iso);
// Monday, 2 March 2026.
const MONDAY = at('2026-03-02T00:00Z');

const cellFrom = (...stories: string[]) =>
  mergeCells(
    stories.map(story =>
      cellOf(deliveriesOf({ sequence: sequenceFrom(story, MONDAY) })),
    ),
  );

function figures(input: Partial<FiguresInput>) {
  const all = figuresOf({
    cell: cellOf([]),
    range: { from: MONDAY, to: MONDAY + 28 * DAY },
    now: MONDAY + 90 * DAY,
    ...input,
  });
  return (metric: DeliveryMetric) => {
    const { figure, beside } = all.find(each => each.metric === metric)!;
    const of = (name: string) =>
      beside.find(each => each.name === name)?.figure;
    return { ...figure, of };
  };
}

function week(from: string, to: string) {
  const range = { from: at(from), to: at(to) };
  const zone = 'Europe/Berlin';
  const days = Array.from(
    { length: 7 },
    (_, day) => `V${day} - ${(range.from - MONDAY) / HOUR + day * 24 + 1}`,
  );
  return {
    weeks: weeksOf({ ...range, zone }).map(({ name }) => name),
    hours: (range.to - range.from) / HOUR,
    aDay: figures({
      cell: cellFrom(days.join('\n')),
      range,
      zone,
      now: range.to,
    })('deploymentFrequency').value,
  };
}

function movedFor(of: string, mode: MembershipMode): number[] {
  const [kind, name] = of.split(' ');
  const moments = ['a', 'b'].map(
    (team, index): ServiceMoment => ({
      serviceId: 'till',
      validFrom: [0, 150][index],
      validTo: [150, undefined][index],
      owner: `group:default/${team}`,
      system: 'system:default/shop',
      removed: false,
    }),
  );
  const spans = memberSpansOf({
    group: {
      grouping: kind as 'team',
      ref: `${kind === 'team' ? 'group' : kind}:default/${name}`,
    },
    mode,
    range: { from: 100, to: 200 },
    moments,
  });
  return [120, 149, 150, 180].filter(instant =>
    spans.some(span => isInSpan(span, instant)),
  );
}

const rollbackStory = 'V1 - 0\nV2 - 48 a@47\nV3 - 49 !\nV1 - 50';
const teams = (mode: MembershipMode) =>
  ['team a', 'team b', 'system shop'].map(of => movedFor(of, mode));

/** Of each case what comes out, and what was worked out by hand. */
const cases: Record<string, [found: () => unknown, byHand: unknown]> = {
  '500 commits in one deployment': [
    () => {
      const commits = Array.from({ length: 500 }, (_, i) => `c${i}@${i / 10}`);
      const { counts, leadSeconds } = cellFrom(
        `V1 - 0\nV2 - 100 ${commits.join(' ')}`,
      );
      return [counts.deployments, leadSeconds.length];
    },
    [2, 500],
  ],
  'environment unknown': [
    () => {
      const all = deliveriesOf({ sequence: sequenceFrom(rollbackStory) });
      const roles = DeliveryMetric.options.flatMap(metric =>
        all.map(delivery => roleIn({ metric, delivery, tier: 'unknown' })),
      );
      return [
        ...new Set(
          roles.map(({ role, reasons }) => `${role}: ${reasons[0].text}`),
        ),
      ];
    },
    ['left-out: The tier of its environment is not configured'],
  ],
  'nothing at all': [
    () =>
      DeliveryMetric.options.filter(metric => {
        const { value, reason } = figures({})(metric);
        return (
          value === undefined && /^Insufficient data: no /.test(`${reason}`)
        );
      }),
    DeliveryMetric.options,
  ],
  'clocks forward, Europe/Berlin': [
    () => week('2026-03-22T23:00Z', '2026-03-29T22:00Z'),
    { weeks: ['2026-W13'], hours: 167, aDay: 1 },
  ],
  'clocks back, Europe/Berlin': [
    () => week('2026-10-18T22:00Z', '2026-10-25T23:00Z'),
    { weeks: ['2026-W43'], hours: 169, aDay: 1 },
  ],
  'at the edge of a week': [
    () => {
      const edge = at('2026-03-29T22:00Z');
      return ['Europe/Berlin', 'UTC'].map(zone =>
        [edge, edge - 1].map(
          from => weeksOf({ from, to: from + 1, zone })[0].name,
        ),
      );
    },
    [
      ['2026-W14', '2026-W13'],
      ['2026-W13', '2026-W13'],
    ],
  ],
  'one day or two': [
    () => {
      const mondays = [0, 168, 336].flatMap(hour => [hour + 10, hour + 12]);
      const cell = cellFrom(
        mondays.map((hour, i) => `V${i} - ${hour}`).join('\n'),
      );
      const days = (zone: string, ahead: number) =>
        figures({
          cell,
          zone,
          range: {
            from: MONDAY - ahead * HOUR,
            to: MONDAY + 21 * DAY - ahead * HOUR,
          },
        })('deploymentFrequency').of('daysPerWeek')?.value;
      return [days('UTC', 0), days('Pacific/Auckland', 13)];
    },
    [1, 2],
  ],
  'a service moves from team A to B': [
    () => [teams('then'), teams('now')],
    [
      [
        [120, 149],
        [150, 180],
        [120, 149, 150, 180],
      ],
      [[], [120, 149, 150, 180], [120, 149, 150, 180]],
    ],
  ],
  'a service of a group in two groups': [
    () => {
      const ref = (name: string) => `group:default/${name}`;
      const parents = new Map([
        [ref('own'), [ref('left'), ref('right')]],
        [ref('left'), [ref('top')]],
        [ref('right'), [ref('top')]],
      ]);
      return ['own', 'left', 'right', 'top'].map(
        name =>
          memberSpansOf({
            group: { grouping: 'team', ref: ref(name) },
            mode: 'then',
            range: { from: 100, to: 200 },
            moments: [
              {
                serviceId: 's',
                validFrom: 0,
                owner: ref('own'),
                removed: false,
              },
            ],
            parents,
          }).length,
      );
    },
    [1, 1, 1, 1],
  ],
  'a group of two services': [
    () => {
      const cell = cellFrom(
        'V1 - 0\nV2 - 10 a@9 b@9 c@9 d@9',
        'V1 - 0\nV2 - 100 x@0 y@0',
      );
      return figures({ cell })('changeLeadTime').value;
    },
    3600,
  ],
  'a month': [
    () => {
      // Days 0, 1, 2; 8, 9; 15; 22. Lead times: a 2, b 10, c 4, d 1, e 24, f 1, g 4.
      const of = figures({
        cell: cellFrom(`V1 - 10
          V2 - 30 a@28 b@20
          V3 - 50 c@46
          V4 - 200 d@199
          V5 - 230 e@206 f@229
          V6 - 370 g@366
          V7 - 371
          V8 - 538`),
      });
      const frequency = of('deploymentFrequency');
      const lead = of('changeLeadTime');
      return [
        [frequency.value, frequency.n, frequency.of('daysPerWeek')?.value],
        [lead.value, lead.n, lead.of('p75')?.value, lead.of('p90')?.value],
      ];
    },
    [
      [8 / 28, 8, 1.5],
      [4 * 3600, 7, 10 * 3600, undefined],
    ],
  ],
};

it('each case told in words is held to, and no other', () => {
  expect(Object.keys(cases).sort()).toEqual([...told].sort());
});

it.each(Object.entries(cases))('docs/delivery.md: %s', (_, [found, byHand]) => {
  expect(found()).toEqual(byHand);
});
