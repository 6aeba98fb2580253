import { TestDatabases } from '@backstage/backend-test-utils';
import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import {
  measurement,
  objective,
  type Truth,
} from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { askedFor, dueAgain } from './lateSlots';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const files = 'openslo:catalog';
const main = 'prometheus:main';
const HOUR_MS = 3_600_000;

describe('dueAgain', () => {
  it('is farther and farther away, and never after a day', () => {
    const end = 1000 * 24 * HOUR_MS;
    const due = (age: number) => {
      const at = dueAgain(end - SLOT_MS, end + age * HOUR_MS);
      return at === undefined ? undefined : (at - end) / HOUR_MS;
    };
    expect([0.02, 0.9, 1, 5.9, 6, 23.9].map(due)).toEqual([1, 1, 6, 6, 24, 24]);
    expect(due(24)).toBeUndefined();
  });
});

describe('askedFor', () => {
  const wanted = { from: 0, to: 10 * HOUR_MS };
  const hours = (from: number, to: number) => ({
    from: from * HOUR_MS,
    to: to * HOUR_MS,
  });

  it('asks for nothing where nothing is missing', () => {
    expect(askedFor({ wanted, missing: [], due: [] })).toEqual([]);
  });

  it('asks with the newest slot for the three before it, and with none for others', () => {
    const newest = { from: wanted.to - SLOT_MS, to: wanted.to };
    expect(
      askedFor({ wanted, missing: [newest, hours(1, 2)], due: [] }),
    ).toEqual([{ from: wanted.to - 4 * SLOT_MS, to: wanted.to }, hours(1, 2)]);
  });

  it('asks for silences that are near each other at once, within what is wanted', () => {
    expect(
      askedFor({
        wanted,
        missing: [],
        due: [hours(0, 1), hours(5, 6), hours(6.5, 7)],
      }),
    ).toEqual([
      { from: 5 * HOUR_MS - SLOT_MS, to: 7 * HOUR_MS + SLOT_MS },
      { from: 0, to: HOUR_MS + SLOT_MS },
    ]);
  });
});

describe.each(databases.eachSupportedId())('late slots on %s', id => {
  const usual: Truth = () => ({ bad: 0, total: 100 });

  async function start() {
    const started = await startObjectives(await databases.init(id));
    const { hub, measure } = started;
    await hub.observe(files, [objective({ service: 'payments-api' })]);
    await hub.derive();
    hub.time += 90_000;
    await measure(usual);
    return {
      ...started,
      /** Lets time go by, as the truth is told each five minutes. */
      async goOn(slots: number, truth: Truth) {
        for (let n = 0; n < slots; n += 1) {
          hub.time += SLOT_MS;
          await measure(truth);
        }
      },
    };
  }

  it('that come within a quarter of an hour take the place of what was told', async () => {
    const { hub, goOn, row, transitions } = await start();
    const before = await row();
    const late = hub.time;
    // Its good events come after the total: they look bad for a while.
    await goOn(1, at => ({ bad: at >= late - SLOT_MS ? 50 : 0, total: 100 }));
    expect((await row()).state).toBe('page');
    await goOn(1, usual);
    const { state, kept } = await row();
    expect(state).toBe('ok');
    expect(kept.figures!.budget).toMatchObject({ spent: 0, remaining: 1 });
    expect(kept.knownFrom).toBe(before.kept.knownFrom);
    expect(await transitions()).toEqual([
      { from_state: 'ok', to_state: 'page' },
      { from_state: 'page', to_state: 'ok' },
    ]);
  });

  it('that are silent come true when they are asked for again, and not before', async () => {
    const { hub, wanted, goOn, measure, row } = await start();
    const from = hub.time - 90_000;
    const absent: Truth = at =>
      at < from + 30 * 60_000 ? undefined : usual(at);
    await goOn(9, absent);
    expect((await row()).kept.figures!.budget.coverage).toBeLessThan(1);
    const known = await hub.database('objective_range');
    expect(known).toHaveLength(1);

    // All has come by now, and an hour has passed since those slots.
    await goOn(1, absent);
    const filled: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      hub.time += SLOT_MS;
      const [asked] = await wanted();
      if (asked.missing[0].to - asked.missing.at(-1)!.from > 4 * SLOT_MS) {
        filled.push(new Date(hub.time).toISOString());
      }
      await measure(usual);
    }
    expect(filled).toEqual(['2026-11-01T01:31:30.000Z']);
    const { kept, state } = await row();
    expect(state).toBe('ok');
    expect(kept.figures!.budget.coverage).toBe(1);
    expect(await hub.database('objective_silence')).toEqual([]);
    expect(await hub.database('objective_range')).toHaveLength(1);
  });

  it('are final after a day, and asked for a few times until then', async () => {
    const { hub, wanted } = await start();
    const [{ id: objectiveId, indicator_id }] = await hub.database('objective');
    const from = hub.time - 90_000;
    const gap = { from, to: from + HOUR_MS };
    let asked = 0;
    for (let age = 0; age <= 30 * HOUR_MS; age += 6 * SLOT_MS) {
      hub.time = gap.to + 90_000 + age;
      const [all] = await wanted();
      const again = (all?.missing ?? []).filter(
        range => range.from < gap.to && range.to > gap.from,
      );
      asked += again.length;
      const ranges = [...again, { from: gap.to, to: gap.to + age }];
      await hub.observe(
        main,
        ranges.map(range =>
          measurement(
            { id: objectiveId, indicatorId: indicator_id },
            range,
            at => (at >= gap.from && at < gap.to ? undefined : usual(at)),
          ),
        ),
      );
    }
    // Once as it is new, then twice after an hour, and after six and a day.
    expect(asked).toBeLessThanOrEqual(9);
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(await hub.database('objective_silence')).toEqual([]);
    expect(await wanted()).toEqual([]);
  });

  it('of no traffic are not asked for again', async () => {
    const { hub, goOn } = await start();
    await goOn(3, () => ({ bad: 0, total: 0 }));
    expect(await hub.database('objective_silence')).toEqual([]);
  });

  it('of many objectives are asked for in turns', async () => {
    const { hub, wanted, measure } = await start();
    const many = Array.from({ length: 300 }, (_, n) =>
      objective({
        service: 'cart',
        name: `o${n}`,
        query: `q${n}`,
        objective: { period: { kind: 'rolling', lengthMs: HOUR_MS } },
      }),
    );
    await hub.observe(files, many);
    await hub.derive();
    await measure(() => undefined);
    hub.time += 2 * HOUR_MS;
    const newest = (await wanted()).filter(({ missing }) => missing.length > 0);
    expect(newest).toHaveLength(301);
    // With the newest slots known, silences alone are asked for.
    await measure(usual);
    const [{ n }] = await hub.database('objective_silence').count({ n: '*' });
    expect(Number(n)).toBeGreaterThan(250);
    hub.time += 4 * 60_000;
    expect((await wanted()).length).toBeLessThanOrEqual(250);
  });
});
