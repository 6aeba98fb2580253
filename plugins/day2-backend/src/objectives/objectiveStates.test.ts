import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import {
  measurement,
  objective,
  type Truth,
} from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const files = 'openslo:catalog';
const main = 'prometheus:main';
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())('states of objectives on %s', id => {
  const start = async () => startObjectives(await databases.init(id));

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
});
