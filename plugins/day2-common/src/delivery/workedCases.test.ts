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
  const [only, ...more] = weeksOf({ ...range, zone });
  expect(more).toEqual([]);
  return {
    name: only.name,
    hours: (only.to - only.from) / HOUR,
    aDay: figures({ cell: cellFrom(days.join('\n')), range, zone })(
      'deploymentFrequency',
    ).value,
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

const cases: Record<string, () => void> = {
  '500 commits in one deployment': () => {
    const commits = Array.from({ length: 500 }, (_, i) => `c${i}@${i / 10}`);
    const { counts, leadSeconds } = cellFrom(
      `V1 - 0\nV2 - 100 ${commits.join(' ')}`,
    );
    expect([counts.deployments, leadSeconds.length]).toEqual([2, 500]);
  },
  'environment unknown': () => {
    const deliveries = deliveriesOf({
      sequence: sequenceFrom('V1 - 0\nV2 - 48 a@47\nV3 - 49 !\nV1 - 50'),
    });
    for (const metric of DeliveryMetric.options) {
      for (const delivery of deliveries) {
        expect(roleIn({ metric, delivery, tier: 'unknown' })).toMatchObject({
          role: 'left-out',
          reasons: [{ code: 'environment-unknown' }],
        });
      }
    }
  },
  'nothing at all': () => {
    const of = figures({});
    for (const metric of DeliveryMetric.options) {
      expect(of(metric).value).toBeUndefined();
      expect(of(metric).reason).toMatch(/^Insufficient data: no /);
    }
  },
  'clocks forward, Europe/Berlin': () => {
    expect(week('2026-03-22T23:00Z', '2026-03-29T22:00Z')).toEqual({
      name: '2026-W13',
      hours: 167,
      aDay: 1,
    });
  },
  'clocks back, Europe/Berlin': () => {
    expect(week('2026-10-18T22:00Z', '2026-10-25T23:00Z')).toMatchObject({
      name: '2026-W43',
      hours: 169,
    });
  },
  'at the edge of a week': () => {
    const name = (instant: number, zone?: string) =>
      weeksOf({ from: instant, to: instant + 1, zone })[0].name.slice(5);
    const edge = at('2026-03-29T22:00Z');
    expect([edge, edge - 1].map(each => name(each, 'Europe/Berlin'))).toEqual([
      'W14',
      'W13',
    ]);
    expect([edge, edge - 1].map(each => name(each))).toEqual(['W13', 'W13']);
  },
  'one day or two': () => {
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
    expect([days('UTC', 0), days('Pacific/Auckland', 13)]).toEqual([1, 2]);
  },
  'a service moves from team A to B': () => {
    expect(movedFor('team a', 'then')).toEqual([120, 149]);
    expect(movedFor('team b', 'then')).toEqual([150, 180]);
    expect(movedFor('team a', 'now')).toEqual([]);
    expect(movedFor('team b', 'now')).toEqual([120, 149, 150, 180]);
    for (const mode of ['then', 'now'] as const) {
      expect(movedFor('system shop', mode)).toHaveLength(4);
    }
  },
  'a service of a group in two groups': () => {
    const ref = (name: string) => `group:default/${name}`;
    const parents = new Map([
      [ref('own'), [ref('left'), ref('right')]],
      [ref('left'), [ref('top')]],
      [ref('right'), [ref('top')]],
    ]);
    for (const name of ['own', 'left', 'right', 'top']) {
      const spans = memberSpansOf({
        group: { grouping: 'team', ref: ref(name) },
        mode: 'then',
        range: { from: 100, to: 200 },
        moments: [
          {
            serviceId: 'till',
            validFrom: 0,
            owner: ref('own'),
            removed: false,
          },
        ],
        parents,
      });
      expect(spans).toEqual([
        { serviceId: 'till', from: 100, to: 200, assumed: false },
      ]);
    }
  },
  'a group of two services': () => {
    const cell = cellFrom(
      'V1 - 0\nV2 - 10 a@9 b@9 c@9 d@9',
      'V1 - 0\nV2 - 100 x@0 y@0',
    );
    expect(figures({ cell })('changeLeadTime').value).toBe(3600);
  },
  'a month': () => {
    // Days 0, 1, 2; 8, 9; 15; 22.
    const cell = cellFrom(`V1 - 10
      V2 - 30 a@28 b@20
      V3 - 50 c@46
      V4 - 200 d@199
      V5 - 230 e@206 f@229
      V6 - 370 g@366
      V7 - 371
      V8 - 538`);
    const of = figures({ cell });
    const frequency = of('deploymentFrequency');
    expect([frequency.value, frequency.n]).toEqual([8 / 28, 8]);
    expect(frequency.of('daysPerWeek')?.value).toBe(1.5);
    // a 2, b 10, c 4, d 1, e 24, f 1, g 4.
    const lead = of('changeLeadTime');
    expect([lead.value, lead.n]).toEqual([4 * 3600, 7]);
    expect(lead.of('p75')?.value).toBe(10 * 3600);
    expect(lead.of('p90')?.value).toBeUndefined();
  },
};

it('each case told in words is held to, and no other', () => {
  expect(Object.keys(cases).sort()).toEqual([...told].sort());
});

it.each(Object.entries(cases))('docs/delivery.md: %s', (_, holds) => {
  expect.hasAssertions();
  holds();
});
