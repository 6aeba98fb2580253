import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from '@day2/backstage-plugin-day2-common';
import { objective, usualTruth } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { Breather, chunksOf } from '../database';
import { purgeOld } from './purgeOld';
import { dayOf } from './slotStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('what is old on %s', id => {
  it('is purged by the hour, and not asked for again', async () => {
    const { hub, measure, wanted, row } = await startObjectives(
      await databases.init(id),
    );
    const { database } = hub;
    await hub.observe('openslo:catalog', [
      objective({ service: 'payments-api' }),
    ]);
    await hub.derive();
    hub.time += 90_000;
    await measure(usualTruth());
    const { id: objectiveId, series_id } = await row();
    const at = (days: number) => hub.time - days * DAY_MS;
    await database('objective_day').insert(
      [399, 401, 600].map(days => ({
        series_id,
        day: dayOf(at(days)),
        slots: Buffer.from([1]),
      })),
    );
    const instants = [
      ...[399, 401].map(at),
      ...Array.from({ length: 250 }, (_, n) => at(500) + n),
    ];
    for (const chunk of chunksOf(instants)) {
      await database('objective_transition').insert(
        chunk.map(instant => ({
          objective_id: objectiveId,
          at: instant,
          from_state: 'ok',
          to_state: 'page',
        })),
      );
    }
    await database('objective_silence').insert(
      [1, 3].map(days => ({
        series_id,
        from_at: at(days),
        to_at: at(days) + 1,
        due_at: at(days),
      })),
    );
    const days = () =>
      database('objective_day')
        .where({ series_id })
        .orderBy('day')
        .pluck('day');
    const kept = (await days()).filter(day => day >= dayOf(at(400)));
    expect(kept.length).toBeGreaterThan(8);
    await hub.replica().derive();
    expect(await days()).toEqual(kept);
    expect(await database('objective_transition')).toHaveLength(1);
    expect(await database('objective_silence')).toHaveLength(1);
    expect((await row()).kept.figures!.budget.coverage).toBe(1);
    await database('objective_silence').delete();
    expect(await wanted()).toEqual([]);
  });

  it('is what configuration says', async () => {
    const { hub } = await startObjectives(await databases.init(id));
    const { database, time: now } = hub;
    await database('objective_series').insert({
      id: 's',
      source: 'a',
      indicator_id: 'b',
      version: 1,
    });
    await database('objective_day').insert(
      [1, 450, 700].map(days => ({
        series_id: 's',
        day: dayOf(now - days * DAY_MS),
        slots: Buffer.from([1]),
      })),
    );
    const breather = Breather.create();
    await purgeOld({ database, keepDays: 500, breather, now });
    expect(await database('objective_day')).toHaveLength(2);
  });
});
