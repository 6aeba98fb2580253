import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';
import {
  measurement,
  objective,
  usualTruth,
  type Truth,
} from '../__testUtils__/objectives';
import { startObjectives, figuresOf } from '../__testUtils__/startObjectives';
import { toNumber } from '../database';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const files = 'openslo:catalog';
const main = 'prometheus:main';
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())('objectives on %s', id => {
  const start = async () => startObjectives(await databases.init(id));

  it('are measured from the newest slot back, and told as all slots tell them', async () => {
    const { hub, wanted, measure, row } = await start();
    const said = objective({ service: 'payments-api' });
    await hub.observe(files, [said]);
    await hub.derive();
    expect(await row()).toMatchObject({
      state: 'unknown',
      measured_by: main,
      figures: null,
    });
    hub.time += 90_000;
    const [asked, ...others] = await wanted();
    expect(others).toEqual([]);
    // The slot that ended at midnight is 90 s old, so that it is asked for.
    const newest = Date.parse('2026-11-01T00:00:00Z');
    expect(asked.missing).toEqual([{ from: newest - 10 * DAY_MS, to: newest }]);
    const truth = usualTruth();
    await measure(truth);

    const { state, kept, known_to } = await row();
    expect(toNumber(known_to)).toBe(newest);
    const { figures, ...rest } = kept;
    expect({ ...figures, state: rest.state, firing: rest.firing }).toEqual(
      figuresOf(truth, said.objective!, newest),
    );
    expect(rest).toMatchObject({
      progress: 1,
      knownFrom: newest - 10 * DAY_MS,
    });
    expect(state).toBe('ok');
    expect(await wanted()).toEqual([]);

    hub.time += 3 * SLOT_MS;
    expect((await wanted())[0].missing).toEqual([
      { from: newest - 3 * SLOT_MS, to: newest + 3 * SLOT_MS },
    ]);
    await measure(truth);
    expect((await row()).kept.figures).toEqual(
      expect.objectContaining({
        budget: figuresOf(truth, said.objective!, newest + 3 * SLOT_MS).budget,
      }),
    );
  });

  it('ask again for gaps, and never for what was answered with nothing', async () => {
    const { hub, wanted, row } = await start();
    await hub.observe(files, [objective({ service: 'payments-api' })]);
    await hub.derive();
    hub.time += 90_000;
    const [asked] = await wanted();
    const to = asked.missing[0].to;
    const part = (from: number, until: number, truth: Truth) =>
      measurement(
        asked,
        { from: to - from * HOUR_MS, to: to - until * HOUR_MS },
        truth,
      );
    await hub.observe(main, [part(1, 0, usualTruth())]);
    await hub.observe(main, [part(5, 3, () => undefined)]);
    await hub.derive();
    expect((await wanted())[0].missing).toEqual([
      { from: to - 3 * HOUR_MS, to: to - HOUR_MS },
      { from: to - 10 * DAY_MS, to: to - 5 * HOUR_MS },
    ]);
    const { kept } = await row();
    expect(kept.knownFrom).toBe(to - HOUR_MS);
    expect(kept.progress).toBeCloseTo(3 / 240, 6);
  });

  it('tell the same in whatever order slots come, twice too', async () => {
    const truth = usualTruth(3);
    const told: string[] = [];
    for (const reverse of [false, true]) {
      const { hub, wanted, row } = await start();
      await hub.observe(files, [objective({ service: 'payments-api' })]);
      await hub.derive();
      hub.time += 90_000;
      const [asked] = await wanted();
      const { from, to } = asked.missing[0];
      const parts: { from: number; to: number }[] = [];
      // Parts that overlap, and end in the midst of days.
      for (let at = from; at < to; at += 17 * HOUR_MS) {
        parts.push({ from: at, to: Math.min(to, at + 20 * HOUR_MS) });
      }
      for (const range of reverse ? parts.reverse() : parts) {
        await hub.observe(main, [measurement(asked, range, truth)]);
        if (range.from % DAY_MS === 0) {
          await hub.derive();
        }
      }
      await hub.derive();
      const { version, past, ...kept } = (await row()).kept;
      told.push(JSON.stringify(kept));
      expect(await hub.database('objective_range')).toHaveLength(1);
      const { slot } = JSON.parse(
        (await hub.database('source').where({ id: main }).first('counts'))
          .counts,
      );
      expect(slot).toBe((to - from) / SLOT_MS);
    }
    expect(told[0]).toBe(told[1]);
  });

  it('take nothing in of another indicator, another source or what is unknown', async () => {
    const { hub, wanted } = await start();
    await hub.observe(files, [objective({ service: 'payments-api' })]);
    await hub.derive();
    hub.time += 90_000;
    const [asked] = await wanted();
    const range = asked.missing[0];
    const of = (more: Partial<WantedMeasurement>) =>
      measurement({ ...asked, ...more }, range, usualTruth());
    const ignored = await hub.observe(main, [
      of({ indicatorId: 'another' }),
      of({ id: 'gone' }),
    ]);
    expect(ignored).toEqual({ applied: 0, ignored: 2, rejected: 0 });
    expect(await hub.observe('prometheus:eu', [of({})])).toMatchObject({
      applied: 0,
    });
    const ahead = { from: hub.time + DAY_MS, to: hub.time + 2 * DAY_MS };
    expect(
      await hub.observe(main, [measurement(asked, ahead, usualTruth())]),
    ).toMatchObject({ applied: 0, rejected: 1 });
    expect(await hub.database('objective_day')).toEqual([]);
    expect(await hub.observe(main, [of({})])).toMatchObject({ applied: 1 });
    expect(await hub.observe(main, [of({})])).toMatchObject({ applied: 1 });
    expect(await hub.database('objective_range')).toHaveLength(1);
  });

  it('of one indicator are measured once, for the longest of their periods', async () => {
    const { hub, wanted, measure, row } = await start();
    await hub.observe(files, [
      objective({ service: 'cart', name: 'week', query: 'same' }),
      objective({
        service: 'cart',
        name: 'month',
        query: 'same',
        objective: {
          target: 0.9,
          period: { kind: 'rolling', lengthMs: 28 * DAY_MS },
        },
      }),
    ]);
    await hub.derive();
    hub.time += 90_000;
    const [asked, ...others] = await wanted();
    expect(others).toEqual([]);
    expect(asked.missing[0].to - asked.missing[0].from).toBe(31 * DAY_MS);
    await measure(usualTruth());
    expect((await row('week')).kept.progress).toBe(1);
    expect((await row('month')).kept.progress).toBe(1);
    expect(await wanted()).toEqual([]);
  });
});
