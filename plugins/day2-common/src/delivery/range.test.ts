import { daysOf, periodBefore, readPlanOf, weeksOf } from './range';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const hours = ({ from, to }: { from: number; to: number }) =>
  (to - from) / 3600_000;

const DAY = 24 * 3600_000;

describe('readPlanOf', () => {
  it.each<[string, string, string, string[]]>([
    [
      'whole UTC days',
      '2026-03-02T00:00Z',
      '2026-03-04T00:00Z',
      ['days 2026-03-02T00:00 2026-03-04T00:00'],
    ],
    [
      'parts of days at both ends',
      '2026-03-02T22:00Z',
      '2026-03-05T01:30Z',
      [
        'days 2026-03-03T00:00 2026-03-05T00:00',
        'edge 2026-03-02T22:00 2026-03-03T00:00',
        'edge 2026-03-05T00:00 2026-03-05T01:30',
      ],
    ],
    [
      'within a day',
      '2026-03-02T10:00Z',
      '2026-03-02T11:00Z',
      ['edge 2026-03-02T10:00 2026-03-02T11:00'],
    ],
    [
      'over one midnight, no day whole',
      '2026-03-02T10:00Z',
      '2026-03-03T11:00Z',
      ['edge 2026-03-02T10:00 2026-03-03T11:00'],
    ],
    ['nothing', '2026-03-02T10:00Z', '2026-03-02T10:00Z', []],
    ['backwards', '2026-03-09T10:00Z', '2026-03-02T10:00Z', []],
  ])('%s', (_, from, to, expected) => {
    const { days, edges } = readPlanOf({ from: at(from), to: at(to) });
    expect([
      ...(days ? [`days ${iso(days.first * DAY)} ${iso(days.end * DAY)}`] : []),
      ...edges.map(edge => `edge ${iso(edge.from)} ${iso(edge.to)}`),
    ]).toEqual(expected);
  });
});

describe('weeksOf', () => {
  it('are ISO weeks in UTC, the ends cut to the range', () => {
    const weeks = weeksOf({
      from: at('2025-12-24T00:00Z'),
      to: at('2026-01-12T00:00Z'),
    });
    expect(
      weeks.map(week => [week.name, iso(week.from), iso(week.to), week.whole]),
    ).toEqual([
      ['2025-W52', '2025-12-24T00:00', '2025-12-29T00:00', false],
      ['2026-W01', '2025-12-29T00:00', '2026-01-05T00:00', true],
      ['2026-W02', '2026-01-05T00:00', '2026-01-12T00:00', true],
    ]);
  });

  it.each([
    // Clocks go forward on 29 March and back on 25 October 2026.
    ['Europe/Berlin', '2026-03-22T23:00Z', '2026-03-29T22:00Z', 167],
    ['Europe/Berlin', '2026-10-18T22:00Z', '2026-10-25T23:00Z', 169],
    // South of the equator the other way round, on 5 April and 4 October.
    ['Australia/Sydney', '2026-03-29T13:00Z', '2026-04-05T14:00Z', 169],
    ['Australia/Sydney', '2026-09-27T14:00Z', '2026-10-04T13:00Z', 167],
    // By half an hour only, on the same days.
    ['Australia/Lord_Howe', '2026-03-29T13:00Z', '2026-04-05T13:30Z', 168.5],
    ['Asia/Kathmandu', '2026-03-22T18:15Z', '2026-03-29T18:15Z', 168],
    ['UTC', '2026-03-23T00:00Z', '2026-03-30T00:00Z', 168],
  ])('in %s one from %s to %s has %d hours', (zone, from, to, expected) => {
    const range = { from: at(from), to: at(to), zone };
    const weeks = weeksOf(range);
    expect(weeks).toHaveLength(1);
    expect(weeks[0].whole).toBe(true);
    expect(hours(weeks[0])).toBe(expected);
    expect(daysOf(range)).toBe(7);
  });

  it('join without a gap', () => {
    const range = {
      from: at('2026-01-01T00:00Z'),
      to: at('2027-01-01T00:00Z'),
      zone: 'America/New_York',
    };
    const weeks = weeksOf(range);
    expect(weeks[0].from).toBe(range.from);
    expect(weeks[weeks.length - 1].to).toBe(range.to);
    weeks.slice(1).forEach((week, i) => expect(week.from).toBe(weeks[i].to));
    expect(new Set(weeks.map(hours))).toEqual(
      new Set([101, 167, 168, 169, 91]),
    );
  });

  it('of nothing are none', () => {
    expect(weeksOf({ from: 5, to: 5 })).toEqual([]);
  });

  it('refuses a zone that there is not', () => {
    const range = { from: 0, to: 1, zone: 'Europe/Atlantis' };
    expect(() => weeksOf(range)).toThrow('IANA name such as Europe/Berlin');
  });
});

describe('periodBefore', () => {
  it.each([
    [
      '14 days',
      'UTC',
      '2026-03-15T00:00Z',
      '2026-03-29T00:00Z',
      '2026-03-01T00:00',
    ],
    [
      'a week of 167 hours, before it one of 168',
      'Europe/Berlin',
      '2026-03-22T23:00Z',
      '2026-03-29T22:00Z',
      '2026-03-15T23:00',
    ],
    [
      'six hours',
      'Europe/Berlin',
      '2026-03-29T00:00Z',
      '2026-03-29T06:00Z',
      '2026-03-28T18:00',
    ],
  ])('%s', (_, zone, from, to, expected) => {
    const before = periodBefore({ from: at(from), to: at(to), zone });
    expect(iso(before.from)).toBe(expected);
    expect(before.to).toBe(at(from));
  });
});
