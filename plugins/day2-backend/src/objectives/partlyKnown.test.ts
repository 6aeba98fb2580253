import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from '@day2/backstage-plugin-day2-common';
import { objective, type Truth } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { measurersOf } from './measurers';
import { ObjectiveReads } from './ObjectiveReads';
import { objectivesTile } from './objectivesTile';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('a past known in part on %s', id => {
  it('is said, and what is left of the budget is of that part alone', async () => {
    const { hub, measure } = await startObjectives(await databases.init(id));
    await hub.observe('openslo:catalog', [
      objective({ service: 'payments-api' }),
    ]);
    await hub.derive();
    hub.time += 90_000;
    const now = hub.time - 90_000;
    // Prometheus keeps a day: 0.5 % is bad, of 1 % that may be, and 3 % since an hour.
    const truth: Truth = at => {
      if (at < now - DAY_MS) {
        return undefined;
      }
      return at < now - 3_600_000
        ? { bad: 5, total: 1000 }
        : { bad: 30, total: 1000 };
    };
    await measure(truth);
    const measurers = measurersOf({
      configured: hub.configured.map(each => ({ ...each })),
      sources: hub.configured,
      now: hub.time,
    });
    const reads = ObjectiveReads.create(hub);
    const rows = await hub.database('objective');
    const [shown] = await reads.shown({
      rows,
      visible: { kind: 'all' },
      measurers,
    });
    const used = (276 * 5 + 12 * 30) / (288 * 10);
    expect(shown.remaining).toMatchObject({
      value: expect.closeTo(1 - used, 9),
      coverage: expect.closeTo(1 / 7, 9),
      reason: '1 of 7 d measured',
    });
    expect(shown.attainment.reason).toBe('1 of 7 d measured');
    // Of one day, not of seven as good as that: 1 d · left / (3 − 1).
    expect(Date.parse(shown.exhaustedAt!) - now).toBeCloseTo(
      (DAY_MS * (1 - used)) / 2,
      -2,
    );
    const objectives = await reads.allOf({
      serviceId: 'payments-api',
      measurers,
    });
    const tile = objectivesTile({
      objectives,
      measurers,
      whyEmpty: () => ({ reason: 'nothing-found', text: '' }),
    });
    expect(tile.detail).toContain('1 of 7 d measured');
  });
});
