import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DeliveryMetric } from '@day2/backstage-plugin-day2-common';
import type { ScoreboardRow } from '@day2/backstage-plugin-day2-common';
import {
  expectLines,
  fixedWorld,
  mapParallel,
  type PersonName,
  until,
} from '../../support';
import { everything } from '../everything';
import { wallClock } from './clock';
import type { TrueRange } from './figures';
import { groupsOf, type TrueGroup } from './groups';
import {
  nameOf,
  shownFigures,
  shownRecords,
  truthFigures,
  truthRecords,
  weekLines,
} from './lines';
import type { TrueDelivery } from './truth';
import type { GetContext } from '../TestContext';

const DAY = 24 * 3_600_000;
const WEEK = 7 * DAY;
const end = Date.parse(fixedWorld.end);
const ranges: Record<string, TrueRange> = {
  '30 days': { from: end - 30 * DAY, to: end, zone: 'UTC' },
  '90 days': { from: end - 90 * DAY, to: end, zone: 'UTC' },
  // From Monday to Monday there; clocks are put back between.
  'four weeks of Berlin': {
    from: Date.parse('2026-10-05T00:00:00+02:00'),
    to: Date.parse('2026-11-02T00:00:00+01:00'),
    zone: 'Europe/Berlin',
  },
};
const groupings = ['team', 'system', 'service', 'organisation'] as const;

/** The scoreboard, held against figures that are counted from the truth alone. */
export function scoreboardSuite(
  context: GetContext,
  deliveries: () => TrueDelivery[],
): void {
  const groups = () => groupsOf(context().truth);

  async function rowsOf(
    range: TrueRange,
    person: PersonName = 'chen',
  ): Promise<ScoreboardRow[]> {
    const api = await context().api(person);
    const boards = await mapParallel([...groupings], groupBy =>
      api.all('getScoreboard', {
        query: { ...queryOf(range), groupBy, trend: 'true' },
      }),
    );
    return boards.flat();
  }

  /** What tells a deployment from all others, by its id. */
  async function namesById(): Promise<Map<string, string>> {
    const api = await context().api('chen');
    const records = await api.all('listDeliveryRecords', {
      query: {
        ...everything,
        from: '2026-01-01T00:00:00Z',
        metric: 'deploymentFrequency',
        grouping: 'organisation',
      },
    });
    return new Map(
      records.map(({ deploymentId, serviceRef, version, finishedAt }) => [
        deploymentId,
        nameOf({
          service: serviceRef.slice(serviceRef.lastIndexOf('/') + 1),
          version,
          finishedAt: Date.parse(finishedAt),
        }),
      ]),
    );
  }

  function truthOf(range: TrueRange, of: TrueGroup[] = groups()): string[] {
    return of
      .flatMap(group =>
        truthFigures({ group, deliveries: deliveries(), range }),
      )
      .sort();
  }

  describe('the scoreboard', () => {
    test('is of a company in which something failed, was rolled back, reverted and mended', () => {
      const all = deliveries();
      const whys = all.flatMap(({ failures }) => failures).join('\n');
      assert.match(whys, /was rolled back/);
      assert.match(whys, /reverts a commit that it brought/);
      assert.ok(all.some(({ restored }) => restored?.how === 'rollback'));
      assert.ok(all.some(({ rework }) => rework.includes('hotfix')));
      assert.ok(all.some(({ rework }) => rework.includes('reverts-commit')));
      assert.ok(all.some(({ leadSeconds }) => leadSeconds.length > 5));
    });

    test('knows the deployments to production that there were, and no others', async () => {
      const truth = deliveries().map(nameOf).sort();
      const wanted = truth.join('\n');
      const shown = async () => [...(await namesById()).values()].sort();
      await until({
        what: 'every deployment',
        ask: shown,
        accept: lines => lines.join('\n') === wanted,
        ms: 30_000,
      }).catch(async () =>
        expectLines({ of: 'Deployments', shown: await shown(), truth }),
      );
    });

    for (const [name, range] of Object.entries(ranges)) {
      test(`${name}: every figure of teams, systems, services and all is the truth`, async () => {
        const truth = truthOf(range);
        const shown = async () =>
          (await rowsOf(range)).flatMap(shownFigures).sort();
        // Cells are summed a moment after the deployments are there.
        const wanted = truth.join('\n');
        await until({
          what: 'every figure',
          ask: shown,
          accept: lines => lines.join('\n') === wanted,
          ms: 10_000,
        }).catch(async () =>
          expectLines({ of: 'Figures', shown: await shown(), truth }),
        );
      });

      test(`${name}: every figure by week is the truth`, async () => {
        const { zone } = range;
        for (const row of await rowsOf(range)) {
          const group = groups().find(
            each => each.grouping === row.grouping && each.ref === row.ref,
          )!;
          const weeks = row.figures[0].trend ?? [];
          assert.equal(weeks[0].from, new Date(range.from).toISOString());
          assert.equal(weeks.at(-1)?.to, new Date(range.to).toISOString());
          for (const [i, { from }] of weeks.slice(1).entries()) {
            assert.equal(from, weeks[i].to);
            // A Monday, 00:00 there: 1970 began on a Thursday.
            assert.equal(
              (wallClock(zone)(Date.parse(from)) + 3 * DAY) % WEEK,
              0,
            );
          }
          expectLines({
            of: 'Figures by week',
            ...weekLines({ row, group, deliveries: deliveries(), zone }),
          });
        }
      });

      test(`${name}: behind each figure are the deployments that made it, and why`, async () => {
        const api = await context().api('chen');
        const names = await namesById();
        const asked = groups()
          .filter(({ grouping }) => grouping !== 'service')
          .flatMap(group =>
            DeliveryMetric.options.map(metric => ({ group, metric })),
          );
        await mapParallel(asked, async ({ group, metric }) => {
          const { grouping, ref, title } = group;
          const records = await api.all('listDeliveryRecords', {
            query: { ...queryOf(range), metric, grouping, ref },
          });
          expectLines({
            of: `${metric} of ${title}`,
            shown: shownRecords(records, names),
            truth: truthRecords({
              ...{ group, metric, range },
              deliveries: deliveries(),
            }),
          });
        });
      });
    }

    test('Bo’s has what Bo may see, and says how many services it has not', async () => {
      const range = ranges['90 days'];
      const hidden = 'fraud-scoring';
      const rows = await rowsOf(range, 'bo');
      const truth = groups()
        .map(group => ({
          ...group,
          services: group.services.filter(name => name !== hidden),
        }))
        .filter(({ services }) => services.length > 0);
      expectLines({
        of: 'Figures that Bo sees',
        shown: rows.flatMap(shownFigures).sort(),
        truth: truthOf(range, truth),
      });
      for (const group of groups()) {
        const row = rows.find(
          each => each.grouping === group.grouping && each.ref === group.ref,
        );
        assert.equal(
          row?.hidden,
          group.services.length > 1 && group.services.includes(hidden)
            ? 1
            : row && 0,
          group.title,
        );
      }
    });
  });
}

function queryOf({ from, to, zone }: TrueRange) {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    zone,
  };
}
