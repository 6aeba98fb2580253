import { testEnd, testStart } from '../../__testUtils__/dates';
import { DAY, HOUR, MINUTE } from '../time';
import { World } from '../World';
import { SignalCounters } from './SignalCounters';
import { isSilent, requestsOf, usualErrorShare } from './traffic';

const seed = 7;

describe('signals', () => {
  const world = World.create({ seed, start: testStart, end: testEnd });
  const spec = (name: string) => world.state.service(name).spec;

  /** What a service counted between two instants. */
  function between(service: string, from: number, to: number) {
    const counters = SignalCounters.create({ world });
    const read = () => ({
      ...counters.services.find(each => each.service === service)!,
    });
    counters.advanceTo(from);
    const before = read();
    counters.advanceTo(to);
    const after = read();
    return {
      requests: after.requests - before.requests,
      errors: after.errors - before.errors,
      slow: after.slow - before.slow,
    };
  }

  it('follow the day and the week', () => {
    const sum = (name: string, from: number) => {
      const requestsIn = requestsOf({ seed, spec: spec(name) });
      let all = 0;
      for (let at = from; at < from + HOUR; at += MINUTE) {
        all += requestsIn(at);
      }
      return all;
    };
    // A Wednesday and the Saturday after it.
    const wednesday = Date.UTC(2026, 6, 15);
    expect(sum('payments-api', wednesday + 14 * HOUR)).toBeGreaterThan(
      3 * sum('payments-api', wednesday + 2 * HOUR),
    );
    expect(sum('payments-api', wednesday + 14 * HOUR)).toBeGreaterThan(
      1.5 * sum('payments-api', wednesday + 3 * DAY + 14 * HOUR),
    );
    expect(sum('label-printer', wednesday + 2 * HOUR)).toBe(0);
    expect(sum('label-printer', wednesday + 10 * HOUR)).toBeGreaterThan(0);
  });

  it('fail as little as usual where nothing is wrong', () => {
    const { requests, errors } = between('ledger', testStart, testEnd);
    const bad = world.outages
      .filter(({ service }) => service === 'ledger')
      .reduce(
        (sum, { startedAt, mitigatedAt = testEnd }) =>
          sum + between('ledger', startedAt, mitigatedAt).errors,
        0,
      );
    expect((errors - bad) / requests).toBeCloseTo(usualErrorShare, 4);
  });

  it('fail by the share of the outage, from its start to its end', () => {
    const outage = world.outages.find(({ id }) => /^release-pay/.test(id))!;
    const { service, startedAt, mitigatedAt, errorShare } = outage;
    const during = between(service, startedAt + MINUTE, mitigatedAt!);
    expect(during.errors / during.requests).toBeCloseTo(errorShare, 2);
    const before = between(service, startedAt - 10 * MINUTE, startedAt);
    const after = between(service, mitigatedAt!, mitigatedAt! + 10 * MINUTE);
    expect(before.errors).toBeLessThan(4);
    expect(after.errors).toBeLessThan(4);
    expect(during.slow).toBeGreaterThan(during.requests * errorShare * 0.5);
  });

  it('counted in any steps are the same, and only grow', () => {
    const early = World.create({
      seed,
      start: testStart,
      end: testStart + DAY,
    });
    const one = SignalCounters.create({ world });
    const steps = SignalCounters.create({ world: early });
    let last = 0;
    for (let at = testStart; at <= testStart + 9 * DAY; at += 3.7 * HOUR) {
      early.advanceTo(at);
      steps.advanceTo(at);
      const [{ requests }] = steps.services;
      expect(requests).toBeGreaterThanOrEqual(last);
      last = requests;
    }
    one.advanceTo(steps.at);
    const told = (counters: SignalCounters) =>
      counters.services.map(({ service, requests, errors, slow }) => ({
        service,
        requests,
        errors,
        slow,
      }));
    expect(told(steps)).toEqual(told(one));
  });

  it('never go beyond what has happened', () => {
    const counters = SignalCounters.create({ world });
    counters.advanceTo(testEnd + DAY);
    expect(counters.at).toBeLessThanOrEqual(testEnd);
    expect(counters.at).toBeGreaterThan(testEnd - MINUTE);
  });

  it('of search-api are silent for some hours now and then', () => {
    const at = (day: number, hour: number) =>
      isSilent({
        start: testStart,
        spec: spec('search-api'),
        at: testStart + day * DAY + hour * HOUR,
      });
    expect([at(15, 1), at(15, 2), at(15, 6), at(15, 7)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(at(16, 3)).toBe(false);
    expect(
      isSilent({
        start: testStart,
        spec: spec('cart'),
        at: testStart + 15 * DAY + 3 * HOUR,
      }),
    ).toBe(false);
  });
});
