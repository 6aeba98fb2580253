import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { mapParallel, serviceParams, until } from '../../support';
import type { GetContext } from '../TestContext';
import { trueSlots } from './trueObjectives';

const SLOT = 5 * 60_000;
/** How far the figures of a period may be from the counters, as a share. */
const near = 0.005;

/** Service levels that the API tells, held against the requests that there were. */
export function objectivesTruthSuite(context: GetContext): void {
  async function objectivesOf(service: string): Promise<ObjectiveRecord[]> {
    const chen = await context().api('chen');
    return await chen.all('listServiceObjectives', {
      params: serviceParams(service),
    });
  }

  /** Of every service, once the whole of their past is fetched. */
  async function measured(): Promise<ObjectiveRecord[]> {
    const names = context().truth.services.map(({ name }) => name);
    return await until({
      what: 'every objective to be measured over its period',
      ask: async () => (await mapParallel(names, objectivesOf)).flat(),
      accept: all =>
        all.length > 0 &&
        all.every(
          ({ measuredFrom, period, state }) =>
            state === 'invalid' ||
            (measuredFrom !== undefined &&
              period !== undefined &&
              measuredFrom <= period.from),
        ),
      ms: 120_000,
    });
  }

  describe('objectives', () => {
    test('are those of the files, the wrong one said to be', async () => {
      const all = await measured();
      const names = context().truth.services;
      for (const { name } of names) {
        const own = all.filter(each => each.services[0]?.title === name);
        const isTimed = names.find(each => each.name === name)?.tier === 1;
        const count = isTimed ? 2 : 1;
        assert.equal(own.length, name === 'currency-rates' ? 0 : count, name);
      }
      const wrong = all.filter(({ state }) => state === 'invalid');
      assert.deepEqual(
        wrong.map(({ services }) => services[0].title),
        ['warehouse-sync'],
      );
      assert.match(wrong[0].file.path, /warehouse-sync\.yaml$/);
      assert.ok(wrong[0].file.line, 'a line');
      assert.ok(wrong[0].invalid?.reason, 'a reason');
    });

    test('attainment, budget and bad events are those of the requests that there were', async () => {
      const valid = (await measured()).filter(
        ({ state }) => state !== 'invalid',
      );
      const froms = valid.map(({ period }) => Date.parse(period!.from));
      const tos = valid.map(({ period }) => Date.parse(period!.to));
      const slots = trueSlots({
        truth: context().truth,
        from: Math.min(...froms),
        to: Math.max(...tos),
      });
      const wrong = valid.flatMap(objective => {
        const { attainment, name, period, remaining, services, spent, target } =
          objective;
        const truth = slots.events({
          service: services[0].title,
          indicator: /latency/.test(name) ? 'slow' : 'errors',
          from: Date.parse(period!.from),
          to: Date.parse(period!.to),
        });
        const share = truth.bad / truth.total;
        const used = share / (1 - target!);
        const shown = {
          bad: spent.value!,
          share: 1 - attainment.value!,
          used: 1 - remaining.value!,
        };
        // Whatever is off is so by a share of what was bad, or by one event a day.
        const room = Math.max(near, 30 / truth.bad);
        const isNear = (a: number, b: number) => Math.abs(a - b) <= room * b;
        return isNear(shown.bad, truth.bad) &&
          isNear(shown.share, share) &&
          isNear(shown.used, used)
          ? []
          : [
              `${name}: ${JSON.stringify(shown)}, true ${JSON.stringify({
                ...truth,
                share,
                used,
              })}`,
            ];
      });
      assert.deepEqual(wrong, []);
    });

    test('each slot of the last day is off by a scrape at most', async () => {
      const chen = await context().api('chen');
      const valid = (await measured()).filter(
        ({ state }) => state !== 'invalid',
      );
      const to = Math.min(...valid.map(each => Date.parse(each.period!.to)));
      const from = to - 24 * 3_600_000;
      const slots = trueSlots({
        truth: context().truth,
        from: from - SLOT,
        to: to + SLOT,
      });
      for (const { id, name, services } of valid) {
        const { chart } = await chen.call('getObjective', {
          params: { id },
          query: {
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
          },
        });
        assert.equal(chart?.stepSeconds, 300, name);
        const eventsIn = (at: number) =>
          slots.events({
            service: services[0].title,
            indicator: /latency/.test(name) ? 'slow' : 'errors',
            from: at,
            to: at + SLOT,
          });
        const wrong = chart.points.flatMap(({ at, bad, total }) => {
          const of = Date.parse(at);
          const own = eventsIn(of);
          const beside = [eventsIn(of - SLOT), eventsIn(of + SLOT)];
          // A scrape is a fifth of a slot at most: of this slot's or the next ones' events.
          const room = (key: 'bad' | 'total') =>
            Math.max(own[key], ...beside.map(each => each[key])) * 0.4 + 1;
          return Math.abs(bad - own.bad) <= room('bad') &&
            Math.abs(total - own.total) <= room('total')
            ? []
            : [`${at}: ${bad} of ${total}, true ${own.bad} of ${own.total}`];
        });
        assert.deepEqual(wrong.slice(0, 10), [], name);
      }
    });
  });
}
