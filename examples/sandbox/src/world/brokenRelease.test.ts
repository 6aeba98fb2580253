import { testEnd } from '../__testUtils__/dates';
import { createWorld } from './createWorld';
import { SignalCounters } from './signals/SignalCounters';
import { DAY, HOUR, MINUTE, SECOND } from './time';
import { truthOf } from './truth';
import { World } from './World';

const made = { seed: 7, start: testEnd - 20 * DAY, end: testEnd };

describe('a bad release that is ordered', () => {
  it.each(['payments-api', 'ledger', 'checkout', 'label-printer'])(
    'of %s breaks what it should, is noticed, and ends with its rollback',
    service => {
      const { world } = createWorld(made);
      const at = testEnd + 2 * SECOND;
      const stimulus = {
        id: `bad-${at}`,
        at,
        service,
        tempoSeconds: 4,
        rollbackSeconds: 300,
      };
      world.stimulate(stimulus);
      const known = new Set(world.outages.map(({ id }) => id));
      const found = () =>
        world.outages.find(
          o =>
            o.service === service && o.kind === 'release' && !known.has(o.id),
        );
      let now = testEnd;
      while (!found() && now < testEnd + 10 * MINUTE) {
        now += 2 * SECOND;
        world.advanceTo(now);
      }
      const begun = found()!;
      expect(begun.startedAt - at).toBeLessThan(2 * MINUTE);
      expect(begun.mitigatedAt).toBeUndefined();

      const counters = SignalCounters.create({ world });
      counters.advanceTo(begun.startedAt);
      const errors = () =>
        counters.services.find(each => each.service === service)!.errors;
      const before = errors();
      now = begun.startedAt + 2 * MINUTE;
      world.advanceTo(now);
      counters.advanceTo(now);
      expect(found()!.acknowledgedAt).toBeDefined();
      expect(errors() - before).toBeGreaterThan(2);

      world.advanceTo(now + HOUR);
      const { mitigatedAt, resolvedAt, cause } = found()!;
      expect(mitigatedAt! - begun.startedAt).toBeGreaterThan(4 * MINUTE);
      expect(mitigatedAt! - begun.startedAt).toBeLessThan(8 * MINUTE);
      expect(resolvedAt).toBeGreaterThan(mitigatedAt!);
      const deployment = truthOf(world, { service }).deployments.find(
        d => d.environment === 'production' && d.version === cause!.version,
      )!;
      expect(deployment.failed).toBe(true);
      expect(Date.parse(deployment.firstFinishedAt)).toBeLessThan(
        begun.startedAt,
      );

      const replayed = World.create({
        ...made,
        end: now + HOUR,
        stimuli: [stimulus],
      });
      expect(truthOf(replayed)).toEqual(truthOf(world));
    },
    60_000,
  );
});
