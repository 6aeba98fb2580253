import { DAY, HOUR, sequenceFrom } from './__testUtils__/story';
import { cellOf, mergeCells, type DeliveryCell } from './cell';
import { compareFigures, placeInSurvey } from './compareFigures';
import { deliveriesOf } from './deliveriesOf';
import { figuresOf, type FiguresInput } from './figuresOf';
import type { DeliveryFigure, DeliveryMetric } from './scoreboard';
import { DeliveryFigure as DeliveryFigureSchema } from './scoreboard';

// Monday, 2 March 2026.
const MONDAY = Date.parse('2026-03-02T00:00Z');
const FOUR_WEEKS = { from: MONDAY, to: MONDAY + 28 * DAY };
const LATER = MONDAY + 60 * DAY;

function cellFrom(...stories: string[]): DeliveryCell {
  return mergeCells(
    stories.map(story =>
      cellOf(deliveriesOf({ sequence: sequenceFrom(story, MONDAY) })),
    ),
  );
}

function figures(
  input: Partial<FiguresInput>,
): Record<DeliveryMetric, DeliveryFigure> {
  const all = figuresOf({
    cell: cellOf([]),
    range: FOUR_WEEKS,
    now: LATER,
    ...input,
  });
  all.forEach(each => DeliveryFigureSchema.parse(each));
  return Object.fromEntries(all.map(each => [each.metric, each])) as Record<
    DeliveryMetric,
    DeliveryFigure
  >;
}

function beside(figure: DeliveryFigure, name: string) {
  return figure.beside.find(each => each.name === name)?.figure;
}

// Finished at the hours of the first column: days 0, 1, 2, 8, 9, 15 (twice), 22.
const busy = `V1 - 10
  V2 - 30 a@28 b@20
  V3 - 50 c@46
  V4 - 200 d@199 m@199*
  V5 - 220 !
  V6 - 230 e@206 f@230.5
  V7 - 370 g@366
  V6 - 373
  V8 - 538 +hotfix h@537`;

describe('figuresOf', () => {
  it('a month counted by hand', () => {
    const found = figures({ cell: cellFrom(busy) });
    // D: all but V5, which failed: 8 in 28 days.
    expect(found.deploymentFrequency.figure).toEqual({
      value: 8 / 28,
      unit: 'deployments per day',
      n: 8,
      coverage: 1,
    });
    // Days with one per week: 3, 2 (of hours 200 and 230), 1, 1.
    expect(beside(found.deploymentFrequency, 'daysPerWeek')).toEqual({
      value: 1.5,
      unit: 'days per week',
      n: 4,
    });
    // Hours 1, 1, 2, 4, 4, 10, 24; f has a negative one, m is a merge.
    const { changeLeadTime } = found;
    expect(changeLeadTime.figure).toEqual({
      value: 4 * 3600,
      unit: 'seconds',
      n: 7,
      coverage: 1,
    });
    // ⌈0.75 · 7⌉ = 6th; for p90 ten are needed.
    expect(beside(changeLeadTime, 'p75')?.value).toBe(10 * 3600);
    expect(beside(changeLeadTime, 'p90')).toEqual({
      reason: 'Insufficient data: 7 commits, 10 are needed',
      unit: 'seconds',
      n: 7,
      coverage: 1,
    });
    expect(changeLeadTime.leftOut).toEqual([
      { code: 'negative-lead', text: '1 commit with a negative time' },
      { code: 'first-recorded', text: '1 deployment with none before it' },
    ]);
    // V7, rolled back after 3 h, is the one failure of 7: rollback left out.
    expect(found.changeFailRate.figure).toEqual({
      value: 1 / 7,
      unit: 'ratio',
      n: 7,
      coverage: 1,
    });
    expect(found.failedDeploymentRecoveryTime.figure).toEqual({
      reason: 'Insufficient data: 1 recovery, 3 are needed',
      unit: 'seconds',
      n: 1,
      coverage: 1,
    });
    // The rollback and the hotfix of 8.
    expect(found.deploymentReworkRate.figure.value).toBe(2 / 8);
    // 8 of 9 roll-outs.
    expect(found.deploymentSuccessRate.figure.value).toBe(8 / 9);
    expect(found.deploymentSuccessRate.factor).toBeUndefined();
  });

  it('of nothing at all nothing is 0', () => {
    for (const { figure } of Object.values(figures({}))) {
      expect(figure.value).toBeUndefined();
      expect(figure.n).toBe(0);
      expect(figure.reason).toMatch(/^Insufficient data: no /);
    }
  });

  it('nothing deployed by what was deployed before is 0 a day', () => {
    const { deploymentFrequency } = figures({ knownSince: MONDAY - DAY });
    expect(deploymentFrequency.figure).toMatchObject({ value: 0, n: 0 });
    expect(beside(deploymentFrequency, 'daysPerWeek')?.value).toBe(0);
  });

  it('a range that begins before the first record says so', () => {
    const { deploymentFrequency } = figures({
      cell: cellFrom('V1 - 26'),
      knownSince: MONDAY + 26 * HOUR,
    });
    expect(deploymentFrequency.figure).toMatchObject({
      value: 1 / 28,
      reason: 'Nothing is recorded before 2026-03-03',
    });
  });

  it('days that have not come yet are not divided by', () => {
    const cell = cellFrom('V1 - 10\nV2 - 30');
    const on = (now: number) =>
      figures({ cell, now }).deploymentFrequency.figure;
    expect(on(MONDAY + 2 * DAY).value).toBe(1);
    expect(on(MONDAY + 31 * HOUR).value).toBeCloseTo(2 / (31 / 24));
    expect(on(MONDAY + 12 * HOUR)).toMatchObject({
      reason: 'Insufficient data: 2 deployments in 12 hours, a day is needed',
    });
    expect(on(MONDAY - DAY).value).toBeUndefined();
  });

  it('a day is the zone’s: one in UTC is two in Auckland', () => {
    // 10:00 and 12:00 UTC of two Mondays: before and after midnight in Auckland.
    const cell = cellFrom('V1 - 10\nV2 - 12', 'W1 - 178\nW2 - 180', 'U - 346');
    const days = (zone: string, offset: number) =>
      beside(
        figures({
          cell,
          zone,
          range: {
            from: MONDAY - offset * HOUR,
            to: MONDAY + 21 * DAY - offset * HOUR,
          },
        }).deploymentFrequency,
        'daysPerWeek',
      );
    expect(days('UTC', 0)).toMatchObject({ n: 3, value: 1 });
    expect(days('Pacific/Auckland', 13)).toMatchObject({ n: 3, value: 2 });
  });

  it('two whole weeks are too few for a median of weeks', () => {
    const range = { from: MONDAY, to: MONDAY + 14 * DAY };
    const { deploymentFrequency } = figures({ cell: cellFrom(busy), range });
    expect(beside(deploymentFrequency, 'daysPerWeek')).toMatchObject({
      reason: 'Insufficient data: 2 whole weeks, 3 are needed',
    });
  });

  it('a week in which clocks change has seven days', () => {
    const { deploymentFrequency } = figures({
      cell: cellFrom(
        'V1 - 600\nV2 - 601\nV3 - 602\nV4 - 603\nV5 - 604\nV6 - 605\nV7 - 606',
      ),
      zone: 'Europe/Berlin',
      range: {
        from: Date.parse('2026-03-22T23:00Z'),
        to: Date.parse('2026-03-29T22:00Z'),
      },
    });
    expect(deploymentFrequency.figure.value).toBe(1);
  });

  it('open failures are no recovery: how many, and how old the oldest is', () => {
    const [failed] = deliveriesOf({
      sequence: sequenceFrom('V1 eu 1\nV1 us 1 !', MONDAY),
    });
    const { failedDeploymentRecoveryTime } = figures({
      cell: cellOf([failed]),
      now: MONDAY + HOUR + 3 * DAY,
    });
    expect(failedDeploymentRecoveryTime.figure).toEqual({
      reason: 'Insufficient data: no recovery, 3 are needed',
      unit: 'seconds',
      n: 0,
      coverage: 0,
    });
    expect(beside(failedDeploymentRecoveryTime, 'open')?.value).toBe(1);
    expect(beside(failedDeploymentRecoveryTime, 'oldestOpen')).toEqual({
      value: 3 * 86_400,
      unit: 'seconds',
      n: 1,
    });
    expect(failedDeploymentRecoveryTime.leftOut).toEqual([
      { code: 'recovery-open', text: '1 failure that is not over yet' },
    ]);
  });

  it('coverage says what could not be measured', () => {
    const found = figures({
      cell: cellFrom('V1 - 1\nV2 - 2 %\nV3 - 3 a@1 b@1 c@2\nV4 - 4 ?'),
    });
    expect(found.changeLeadTime.figure.coverage).toBe(1 / 2);
    expect(found.changeLeadTime.leftOut.map(({ text }) => text)).toContain(
      '1 deployment of which not all commits are known',
    );
    expect(found.deploymentFrequency.figure.coverage).toBe(3 / 4);
    expect(found.changeFailRate.figure.coverage).toBe(3 / 4);
    expect(found.deploymentSuccessRate.figure.coverage).toBe(3 / 4);
  });

  it('of Git alone the success rate is not known, and not 100 %', () => {
    const story = [1, 2, 3, 4, 5, 6].map(v => `V${v} - ${v * 30} ~?`);
    const found = figures({ cell: cellFrom(story.join('\n')) });
    expect(found.deploymentFrequency.figure.n).toBe(6);
    expect(found.changeFailRate.figure).toMatchObject({ value: 0, n: 6 });
    expect(found.deploymentSuccessRate.figure).toMatchObject({
      n: 0,
      coverage: 0,
    });
    expect(found.deploymentSuccessRate.figure.value).toBeUndefined();
  });

  it('the change fail rate is 100 % at most', () => {
    const stories = Array.from(
      { length: 5 },
      () => 'V1 - 0\nV2 - 48 a@47\nV3 - 49 +hotfix r@48.5<a\nV1 - 50',
    );
    const { changeFailRate } = figures({ cell: cellFrom(...stories) });
    // Of V1, V2 and V3 the last two failed, each once, whatever the evidence.
    expect(changeFailRate.figure).toMatchObject({ value: 10 / 15, n: 15 });
  });

  it('a group’s figure is over its records, no mean of its services’', () => {
    const often = cellFrom('V1 - 0\nV2 - 10 a@9 b@9 c@9 d@9');
    const seldom = cellFrom('V1 - 0\nV2 - 100 x@0 y@0');
    const { changeLeadTime } = figures({ cell: mergeCells([often, seldom]) });
    // 1, 1, 1, 1, 100, 100 h: the mean of the medians would be 50.5 h.
    expect(changeLeadTime.figure.value).toBe(3600);
  });
});

describe('compareFigures', () => {
  const now = figuresOf({
    cell: cellFrom(busy),
    range: FOUR_WEEKS,
    now: LATER,
  });
  const empty = figuresOf({
    cell: cellOf([]),
    range: FOUR_WEEKS,
    now: LATER,
  });
  const with_ = (value: number) =>
    now.map(each => ({ ...each, figure: { ...each.figure, value } }));

  it.each<[string, number, number, string, string]>([
    ['more', 2, 1, 'better', 'worse'],
    ['less', 1, 2, 'worse', 'better'],
    ['as much', 1, 1, 'same', 'same'],
  ])('%s is', (_, value, before, oftener, longer) => {
    const compared = compareFigures({
      figures: with_(value),
      before: with_(before),
    });
    const directions = compared.map(each => each.change?.direction);
    expect(directions).toEqual([
      oftener,
      longer,
      longer,
      longer,
      longer,
      oftener,
    ]);
    expect(compared[0].change?.by).toBe(value - before);
  });

  type Side = { value: number; n?: number };
  it.each<[string, number, Side, Side, string]>([
    // By the order of the figures: frequency, lead, recovery, and the shares.
    ['2.5 a day twice', 0, { value: 2.47 }, { value: 2.53 }, 'same'],
    [
      '1 a month twice',
      0,
      { value: 0.97 * (12 / 365) },
      { value: 1.04 * (12 / 365) },
      'same',
    ],
    ['2 d and 2 d 1 h', 1, { value: 176_400 }, { value: 172_800 }, 'same'],
    ['2 d and 2 d 3 h', 1, { value: 183_600 }, { value: 172_800 }, 'worse'],
    [
      '15 d twice',
      1,
      { value: 15.45 * 86_400 },
      { value: 14.51 * 86_400 },
      'same',
    ],
    [
      '16 d and 14 d',
      1,
      { value: 16 * 86_400 },
      { value: 14 * 86_400 },
      'worse',
    ],
    ['from none', 0, { value: 0.01 }, { value: 0 }, 'better'],
    ['to none', 0, { value: 0 }, { value: 0.01 }, 'worse'],
    [
      '1 of 19 and 0 of 5',
      3,
      { value: 1 / 19, n: 19 },
      { value: 0, n: 5 },
      'same',
    ],
    [
      '1 of 19 and 0 of 19',
      3,
      { value: 1 / 19, n: 19 },
      { value: 0, n: 19 },
      'worse',
    ],
    [
      '10.2 and 10 % of 1000',
      3,
      { value: 0.102, n: 1000 },
      { value: 0.1, n: 1000 },
      'same',
    ],
    [
      '95 and 99 % of 1000',
      5,
      { value: 0.95, n: 1000 },
      { value: 0.99, n: 1000 },
      'worse',
    ],
  ])('%s is', (_, which, value, before, expected) => {
    const figure = (side: Side) => ({
      ...now[which],
      figure: { ...now[which].figure, ...side },
    });
    const [{ change }] = compareFigures({
      figures: [figure(value)],
      before: [figure(before)],
    });
    expect(change).toEqual({
      by: value.value - before.value,
      direction: expected,
    });
  });

  it('nothing is compared with what is not known', () => {
    const [frequency] = compareFigures({ figures: now, before: empty });
    expect(frequency.change).toBeUndefined();
    expect(frequency.previous?.reason).toContain('Insufficient');
  });

  it('places in the survey what it publishes, and no more', () => {
    const placed = placeInSurvey(with_(0.5));
    expect(placed.map(each => each.survey?.betterThanPercent)).toEqual([
      // More than weekly; less than an hour, twice.
      55.4,
      90.4,
      78.6,
      undefined,
      undefined,
      undefined,
    ]);
    expect(placeInSurvey(empty).every(each => !each.survey)).toBe(true);
  });
});
