import { SLOT_MS, type Slot } from '@day2/backstage-plugin-day2-common';
import type {
  MeasurementObservation,
  WantedMeasurement,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { askedFor } from './__testUtils__/askedFor';
import { createSource } from './__testUtils__/createSource';
import { programs, RealPrometheus } from './__testUtils__/RealPrometheus';
import { trueCounters, type TrueCounters } from './__testUtils__/trueCounters';
import { wantedOf } from './__testUtils__/wantedOf';

const DAYS = 29;
// Seven seconds past, as scrapes are at no even time.
const scraped = Date.UTC(2025, 0, 6, 0, 0, 7);
const missing = [
  { from: Date.UTC(2025, 0, 6, 0, 5), to: Date.UTC(2025, 0, 6 + DAYS) },
];
const BAD = 'sum(increase(http_requests_total{code="500"}[5m]))';
const ALL = 'sum(increase(http_requests_total[5m]))';

const hasPrograms = programs.prometheus && programs.promtool;
const title = hasPrograms
  ? 'a real Prometheus'
  : 'a real Prometheus (skipped: DAY2_TEST_PROMETHEUS and DAY2_TEST_PROMTOOL name no programs)';

(hasPrograms ? describe : describe.skip)(title, () => {
  let server: RealPrometheus;
  let truth: TrueCounters;

  beforeAll(async () => {
    truth = trueCounters({ from: scraped, days: DAYS });
    server = await RealPrometheus.start({
      openMetrics: truth.openMetrics,
      flags: ['--query.max-samples=12000'],
    });
  }, 120_000);
  afterAll(() => server?.stop());

  const run = (...wanted: WantedMeasurement[]) =>
    collect(askedFor(createSource({ url: server.url }), () => wanted));
  async function measure(wanted: WantedMeasurement): Promise<Slot[]> {
    const { batches, error } = await run(wanted);
    expect(error).toBeUndefined();
    expect(batches.flatMap(({ rejected = [] }) => rejected)).toEqual([]);
    return batches
      .flatMap(({ observations }) => observations as MeasurementObservation[])
      .flatMap(({ slots }) => slots)
      .sort((a, b) => a.at - b.at);
  }
  const counters = (change: Partial<Parameters<typeof wantedOf>[0]> = {}) =>
    wantedOf({
      id: 'availability',
      events: 'sum(http_requests_total{code="500"})',
      total: 'sum(http_requests_total)',
      counter: true,
      missing,
      ...change,
    });

  it('is what a direct query says, to the last digit', async () => {
    const slots = await measure(counters());
    expect(slots).toHaveLength((missing[0].to - missing[0].from) / SLOT_MS);
    for (const { at, bad, total } of slots.filter((_, n) => n % 41 === 0)) {
      expect([
        await server.valueAt(BAD, at + SLOT_MS),
        await server.valueAt(ALL, at + SLOT_MS),
      ]).toEqual([bad, total]);
    }
  }, 60_000);

  it('is what raw counters say: within a scrape a slot, 0.5 % over the period', async () => {
    const slots = await measure(counters());
    const sums = { bad: 0, total: 0, trueBad: 0, trueTotal: 0 };
    for (const { at, bad, total } of slots) {
      const known = truth.inSlot(at);
      const slack = truth.largestNear(at);
      // A restart loses what no scrape saw of it, and no more.
      const isOff = (a: number, b: number, by: number) => Math.abs(a - b) > by;
      if (
        isOff(bad, known.bad, slack.bad) ||
        isOff(total, known.total, slack.total)
      ) {
        throw new Error(
          `at ${new Date(at).toISOString()} ${bad} of ${total}, truly ${
            known.bad
          } of ${known.total}`,
        );
      }
      sums.bad += bad;
      sums.total += total;
      sums.trueBad += known.bad;
      sums.trueTotal += known.total;
    }
    expect(Math.abs(sums.total / sums.trueTotal - 1)).toBeLessThan(0.005);
    expect(Math.abs(sums.bad / sums.trueBad - 1)).toBeLessThan(0.005);
  }, 60_000);

  it('gives the same of good events, of events as they are, and in smaller parts', async () => {
    const week = [{ from: missing[0].to - 7 * 86_400_000, to: missing[0].to }];
    const slots = await measure(counters({ missing: week }));
    const asTheyAre = counters({
      counter: false,
      events: BAD,
      total: ALL,
      missing: week,
    });
    expect(await measure(asTheyAre)).toEqual(slots);
    const good = await measure(
      counters({
        counts: 'good',
        events: 'sum(http_requests_total{code="200"})',
        missing: week,
      }),
    );
    expect(good.map(({ at, total }) => [at, total])).toEqual(
      slots.map(({ at, total }) => [at, total]),
    );
    good.forEach(({ bad }, n) => expect(bad).toBeCloseTo(slots[n].bad, 6));
    // Too many samples for one query: asked for in halves.
    const heavy = `${ALL} + 0 * ${ALL} + 0 * ${ALL}`;
    expect(
      await measure(
        counters({ counter: false, events: BAD, total: heavy, missing: week }),
      ),
    ).toEqual(slots);
  }, 60_000);

  it('has no slots where there is no data, and no bad events where none are counted', async () => {
    const before = [
      { from: missing[0].from - 86_400_000, to: scraped - 7_000 },
    ];
    expect(await measure(counters({ missing: before }))).toEqual([]);
    const day = [{ from: missing[0].to - 86_400_000, to: missing[0].to }];
    const none = await measure(
      counters({
        events: 'sum(http_requests_total{code="418"})',
        missing: day,
      }),
    );
    expect(none).toHaveLength(288);
    expect(none.every(({ bad, total }) => bad === 0 && total > 0)).toBe(true);
    const noTotal = counters({ total: 'sum(renamed_total)', missing: day });
    expect(await measure(noTotal)).toEqual([]);
  }, 60_000);

  it('says what is wrong with a query, and measures the others', async () => {
    const day = [{ from: missing[0].to - 86_400_000, to: missing[0].to }];
    const { batches, error } = await run(
      counters({ id: 'several', total: 'http_requests_total', missing: day }),
      counters({ id: 'typo', counter: false, events: 'sum(a', missing: day }),
      counters({
        id: 'wrong',
        counter: false,
        events: 'rate(http_requests_total)',
        missing: day,
      }),
      counters({ missing: day }),
    );
    expect(error).toBeUndefined();
    expect(
      batches[0].rejected?.map(({ key, reason }) => [key, reason]),
    ).toEqual([
      ['several', expect.stringContaining('gives 4 series, not one; sum them')],
      ['typo', expect.stringMatching(/^bad: .*refuses its query: .*parse/)],
      ['wrong', expect.stringMatching(/^bad: .*expected type range vector/)],
    ]);
    expect(batches[0].observations).toMatchObject([
      { objective: 'availability', slots: { length: 288 } },
    ]);
    expect(batches.at(-1)).toMatchObject({
      unseen: [{ key: 'several' }, { key: 'typo' }, { key: 'wrong' }],
      notices: [expect.stringContaining('3 objectives cannot be measured')],
    });
  });
});
