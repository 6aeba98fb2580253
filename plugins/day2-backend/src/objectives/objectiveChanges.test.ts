import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from '@day2/backstage-plugin-day2-common';
import {
  measurement,
  objective,
  prometheus,
  usualTruth,
  type Truth,
} from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { markObjectivesDirty } from './dirtyObjectives';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const files = 'openslo:catalog';
const main = 'prometheus:main';
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())(
  'objectives that change on %s',
  id => {
    const start = async () => startObjectives(await databases.init(id));

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
      await hub.observe(files, [
        objective({ service: 'payments-api', ...more }),
      ]);
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
        objective({
          service: 'payments-api',
          file: 'slos/api.yaml',
          version: 3,
        }),
      ]);
      await hub.derive();
      expect((await row()).kept.figures).toEqual(before.kept.figures);
      expect(await wanted()).toEqual([]);
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
            await hub
              .database('objective')
              .select('name', 'measured_by', 'state')
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
  },
);
