import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  objectiveFiguresOf,
  seriesOf,
  SLOT_MS,
  type Objective,
} from '@day2/backstage-plugin-day2-common';
import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';
import {
  measurement,
  objective,
  prometheus,
  slotsOf,
  usualTruth,
  type Truth,
} from '../__testUtils__/objectives';
import { TestHub } from '../__testUtils__/testHub';
import { toNumber } from '../database';
import { markObjectivesDirty } from './dirtyObjectives';
import type { KeptFigures, ObjectiveRow } from './objectiveRecord';
import { WantedMeasurements } from './WantedMeasurements';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const files = 'openslo:catalog';
const main = 'prometheus:main';
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())('objectives on %s', id => {
  async function start() {
    const hub = await TestHub.create(await databases.init(id));
    hub.configured = [prometheus()];
    for (const name of ['payments-api', 'cart']) {
      await hub.addService({ id: name, ref: `component:default/${name}` });
    }
    const wanted = () =>
      WantedMeasurements.create({
        database: hub.database,
        now: () => hub.time,
      });
    return {
      hub,
      wanted: (source = main, options = {}) => wanted().of(source, options),
      /** Answers all that is wanted, as the truth has it. */
      async measure(truth: Truth, source = main) {
        const asked = await wanted().of(source);
        await hub.observe(
          source,
          asked.flatMap(each =>
            each.missing.map(range => measurement(each, range, truth)),
          ),
        );
        await hub.derive();
      },
      async row(
        name = 'availability',
      ): Promise<ObjectiveRow & { kept: KeptFigures }> {
        const row = await hub.database('objective').where({ name }).first();
        return { ...row, kept: row.figures && JSON.parse(row.figures) };
      },
      transitions: () =>
        hub
          .database('objective_transition')
          .orderBy(['at', 'objective_id'])
          .select('from_state', 'to_state'),
    };
  }

  /** By all slots at once. */
  function figuresOf(truth: Truth, said: Objective, now: number) {
    const range = { from: now - 40 * DAY_MS, to: now };
    const { target, budgeting, period } = said;
    const slots = seriesOf({ ...range, slots: slotsOf(range, truth) });
    return objectiveFiguresOf({ slots, target, budgeting, period, now })!;
  }

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
      { from: newest, to: newest + 3 * SLOT_MS },
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

  it('are measured anew where the source is to be read again, and lose nothing', async () => {
    const { hub, wanted, measure, row } = await start();
    await hub.observe(files, [objective({ service: 'payments-api' })]);
    await hub.derive();
    hub.time += 90_000;
    await measure(usualTruth());
    const before = await row();
    const [asked] = await wanted(main, { reread: true });
    const { from, to } = asked.missing[0];
    expect(to - from).toBe(10 * DAY_MS);
    // It says nothing for a while, and what was told is looked at again.
    await hub.database.transaction(transaction =>
      markObjectivesDirty(transaction, [before.subject_id], hub.time),
    );
    await hub.derive();
    expect(await row()).toEqual(before);
    const more = { version: 2, objective: { displayName: 'It works' } };
    await hub.observe(files, [objective({ service: 'payments-api', ...more })]);
    await hub.derive();
    const { kept, known_to, state } = await row('It works');
    expect({ known_to, state }).toEqual({
      known_to: before.known_to,
      state: 'ok',
    });
    expect(kept.figures).toEqual(before.kept.figures);
    expect(kept.progress).toBe(0);
    // Prometheus has forgotten the first days by now.
    const truth: Truth = at =>
      at < from + 5 * DAY_MS ? undefined : usualTruth()(at);
    await hub.observe(main, [measurement(asked, { from, to }, truth)]);
    await hub.derive();
    expect((await row('It works')).kept.figures).toEqual(before.kept.figures);
    expect(await wanted()).toEqual([]);
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

  it('begin anew with another indicator, keep slots in another file, and find them again', async () => {
    const { hub, wanted, measure, row } = await start();
    const said = objective({ service: 'payments-api' });
    await hub.observe(files, [said]);
    await hub.derive();
    hub.time += 90_000;
    await measure(usualTruth());
    const before = await row();

    await hub.observe(files, [
      objective({ service: 'payments-api', file: 'slos/api.yaml' }),
    ]);
    await hub.observe(files, [
      { kind: 'withdrawn', keyPrefix: said.key, reason: 'gone' } as never,
    ]);
    await hub.derive();
    expect(await hub.database('objective')).toHaveLength(1);
    const renamed = await row();
    expect(renamed.id).not.toBe(before.id);
    expect(renamed.kept.figures).toEqual(before.kept.figures);
    expect(await wanted()).toEqual([]);

    const other = objective({
      service: 'payments-api',
      file: 'slos/api.yaml',
      query: 'calls',
      version: 2,
    });
    await hub.observe(files, [other]);
    await hub.derive();
    expect(await row()).toMatchObject({ state: 'unknown', figures: null });
    expect((await wanted())[0].missing[0].from).toBeLessThan(
      hub.time - 10 * DAY_MS,
    );
    // Of the former indicator nothing is taken in any more.
    expect(
      await hub.observe(main, [
        measurement(
          { id: renamed.id, indicatorId: renamed.indicator_id! },
          { from: hub.time - 90_000 - DAY_MS, to: hub.time - 90_000 },
          usualTruth(),
        ),
      ]),
    ).toMatchObject({ applied: 0 });

    await hub.observe(files, [
      objective({ service: 'payments-api', file: 'slos/api.yaml', version: 3 }),
    ]);
    await hub.derive();
    expect((await row()).kept.figures).toEqual(before.kept.figures);
    expect(await wanted()).toEqual([]);
  });

  it('tell each transition once, none of the past, and none of another target', async () => {
    const { hub, wanted, measure, row, transitions } = await start();
    const file = (target: number, version: number) =>
      objective({ service: 'payments-api', version, objective: { target } });
    await hub.observe(files, [file(0.99, 1)]);
    await hub.derive();
    hub.time += 90_000;
    const release = hub.time + 2 * HOUR_MS;
    const truth: Truth = at => ({
      bad: at >= release && at < release + HOUR_MS ? 40 : 0,
      total: 100,
    });
    // The past, piece by piece, with what looks like an outage between.
    const [asked] = await wanted();
    const { from, to } = asked.missing[0];
    for (const at of [to - DAY_MS, to - 5 * DAY_MS, from]) {
      await hub.observe(main, [
        measurement(asked, { from: at, to: at + HOUR_MS }, () => ({
          bad: 50,
          total: 100,
        })),
      ]);
      await hub.derive();
    }
    await measure(() => ({ bad: 0, total: 100 }));
    expect(await transitions()).toEqual([]);

    for (let n = 0; n < 60; n += 1) {
      hub.time += SLOT_MS;
      await measure(truth);
    }
    expect(await transitions()).toEqual([
      { from_state: 'ok', to_state: 'page' },
      { from_state: 'page', to_state: 'ticket' },
      { from_state: 'ticket', to_state: 'ok' },
    ]);

    await hub.observe(files, [file(0.9999, 2)]);
    await hub.derive();
    expect((await row()).state).not.toBe('ok');
    expect(await transitions()).toHaveLength(3);
  });

  it('tell of what becomes of them where the rest of their past never comes', async () => {
    const { hub, wanted, transitions } = await start();
    await hub.observe(files, [objective({ service: 'payments-api' })]);
    await hub.derive();
    hub.time += 90_000;
    const [asked] = await wanted();
    const { to } = asked.missing[0];
    const release = to + 2 * HOUR_MS;
    const truth: Truth = at => ({ bad: at >= release ? 50 : 0, total: 100 });
    const answer = async (from: number, until: number, of = truth) => {
      hub.time = until + 90_000;
      const range = { from, to: until };
      await hub.observe(main, [measurement(asked, range, of)]);
      await hub.derive();
    };
    await answer(to - 5 * DAY_MS, to);
    for (let at = to; at < release - SLOT_MS; at += SLOT_MS) {
      await answer(at, at + SLOT_MS);
    }
    // Silence is no change: it burns when it is heard of again.
    await answer(release - SLOT_MS, release, () => undefined);
    for (let at = release; at < release + HOUR_MS; at += SLOT_MS) {
      await answer(at, at + SLOT_MS);
    }
    expect(await transitions()).toEqual([
      { from_state: 'ok', to_state: 'page' },
    ]);
  });

  it('freeze while their series is absent, whether it came piece by piece or at once', async () => {
    for (const atOnce of [true, false]) {
      const { hub, measure, row } = await start();
      await hub.observe(files, [objective({ service: 'payments-api' })]);
      await hub.derive();
      hub.time += 90_000;
      const since = hub.time + HOUR_MS;
      const truth: Truth = at => {
        if (at >= since) {
          return undefined;
        }
        return { bad: at >= since - HOUR_MS ? 40 : 0, total: 100 };
      };
      await measure(truth);
      expect((await row()).state).toBe('ok');
      for (let n = 0; n < 18; n += 1) {
        hub.time += SLOT_MS;
        if (!atOnce) {
          await measure(truth);
        }
      }
      await measure(truth);
      const { state, kept } = await row();
      expect([atOnce, state, kept.frozen]).toEqual([atOnce, 'unknown', 'page']);
      expect(kept.lastSlotEnd).toBe(Math.ceil(since / SLOT_MS) * SLOT_MS);
    }
  });

  it('are measured by the instance they name, and anew when instances are others', async () => {
    const { hub, wanted, row } = await start();
    const source = (name: string, isDefault = false) =>
      prometheus({
        id: `prometheus:${name}`,
        measures: { names: [name], isDefault },
      });
    hub.configured = [source('main', true), source('eu')];
    await hub.observe(files, [
      objective({ service: 'cart', name: 'default' }),
      objective({ service: 'cart', name: 'instance', instance: 'eu' }),
      objective({
        service: 'cart',
        name: 'query',
        instance: 'main',
        objective: {
          indicator: {
            counts: 'good',
            counter: true,
            events: { query: 'good', source: 'eu' },
            total: { query: 'all', source: 'eu' },
          },
        },
      }),
      objective({
        service: 'cart',
        name: 'nowhere',
        instance: 'us',
        objective: { displayName: 'nowhere\0' },
      }),
      objective({
        service: 'cart',
        name: 'wrong',
        invalid: { reason: 'no target', path: '' },
      }),
    ]);
    await hub.derive();
    const measuredBy = async () =>
      Object.fromEntries(
        (
          await hub.database('objective').select('name', 'measured_by', 'state')
        ).map(each => [each.name, each.measured_by ?? each.state]),
      );
    expect(await measuredBy()).toEqual({
      default: main,
      instance: 'prometheus:eu',
      query: 'prometheus:eu',
      nowhere: 'unmeasured',
      wrong: 'invalid',
    });
    expect(await wanted()).toHaveLength(1);
    expect(await wanted('prometheus:eu')).toHaveLength(2);

    hub.configured = [source('main', true), source('us')];
    const after = hub.replica();
    await after.derive();
    expect(await measuredBy()).toEqual({
      default: main,
      instance: 'unmeasured',
      query: main,
      nowhere: 'prometheus:us',
      wrong: 'invalid',
    });
    expect((await row('instance')).state).toBe('unmeasured');

    // A replica that still has the former configuration derives it once more.
    await hub.observe(files, [
      objective({
        service: 'cart',
        name: 'nowhere',
        instance: 'us',
        version: 2,
        line: 9,
      }),
    ]);
    hub.configured = [source('main', true), source('eu')];
    await hub.derive();
    expect((await measuredBy()).nowhere).toBe('unmeasured');
    after.time += HOUR_MS;
    await after.derive();
    await after.derive();
    expect((await measuredBy()).nowhere).toBe('prometheus:us');
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

  it('are gone with their file; their slots are kept for a while', async () => {
    const { hub, measure } = await start();
    const said = objective({ service: 'payments-api' });
    await hub.observe(files, [said]);
    await hub.derive();
    hub.time += 90_000;
    await measure(usualTruth());
    await hub.observe(files, [
      { kind: 'withdrawn', keyPrefix: said.key, reason: 'gone' },
    ]);
    await hub.derive();
    expect(await hub.database('objective')).toEqual([]);
    expect(await hub.database('objective_day')).toHaveLength(10);
    hub.time += 29 * DAY_MS;
    await hub.replica().derive();
    expect(await hub.database('objective_day')).toHaveLength(10);
    hub.time += 2 * DAY_MS;
    await hub.replica().derive();
    for (const table of ['day', 'range', 'series']) {
      expect(await hub.database(`objective_${table}`)).toEqual([]);
    }
  });
});
