import { testEnd, testStart } from '../../__testUtils__/dates';
import { createWorld } from '../createWorld';
import { people } from '../people';
import { HOUR, MINUTE } from '../time';
import { World } from '../World';
import { errorShareAt } from './errorShareAt';
import type { Outage } from './Outage';

const made = { seed: 7, start: testStart, end: testEnd };
const instants = [
  'startedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
] as const;

describe('outages', () => {
  const { world, truth } = createWorld(made);
  const { outages } = world;
  const of = (kind: Outage['kind']) =>
    outages.filter(outage => outage.kind === kind);

  it('are of every kind, and the same for the same seed', () => {
    expect(World.create(made).outages).toEqual(outages);
    expect(World.create({ ...made, seed: 8 }).outages).not.toEqual(outages);
    expect(of('release').length).toBeGreaterThan(4);
    expect(of('dependency').length).toBeGreaterThan(4);
    expect(of('noise').length).toBeGreaterThan(20);
    expect(new Set(outages.map(({ id }) => id)).size).toBe(outages.length);
  });

  it('have their instants in order, and say who did something', () => {
    const known = new Set<string>(
      Object.values(people).map(({ email }) => email),
    );
    for (const outage of outages) {
      const told = instants
        .map(name => outage[name])
        .filter(at => at !== undefined);
      expect(told.every(at => at <= testEnd)).toBe(true);
      // Acknowledged may be after it is over, where it was over quickly.
      const { startedAt, detectedAt, acknowledgedAt, resolvedAt } = outage;
      const { mitigatedAt = resolvedAt } = outage;
      const orders = [
        [startedAt, detectedAt, acknowledgedAt, resolvedAt],
        [startedAt, mitigatedAt, resolvedAt],
      ].map(order => order.filter(at => at !== undefined));
      for (const order of orders) {
        expect(order).toEqual([...order].sort((x, y) => x - y));
      }
      expect(acknowledgedAt === undefined).toBe(
        outage.acknowledgedBy === undefined,
      );
    }
    const byPeople = outages.filter(outage => outage.acknowledgedBy);
    expect(byPeople.length).toBeGreaterThan(10);
    expect(byPeople.filter(({ kind }) => kind === 'noise')).toEqual([]);
    expect(
      byPeople.filter(outage => !known.has(outage.acknowledgedBy!)),
    ).toEqual([]);
  });

  it('of a release begin when it is live and end with its rollback', () => {
    for (const { cause, startedAt, mitigatedAt } of of('release')) {
      const deployments = truth.deployments.filter(
        d => d.service === cause!.service && d.environment === 'production',
      );
      const bad = deployments.find(d => d.version === cause!.version)!;
      expect(bad.application.sha).toBe(cause!.sha);
      expect(bad.failed).toBe(true);
      expect(cause!.liveAt).toBeGreaterThanOrEqual(
        Date.parse(bad.firstFinishedAt),
      );
      expect(startedAt).toBeGreaterThan(cause!.liveAt);
      const restored = deployments.find(
        d => d.rollback && d.firstFinishedAt > bad.firstFinishedAt,
      )!;
      expect(mitigatedAt).toBeGreaterThan(Date.parse(restored.firstFinishedAt));
    }
  });

  it('hold the story of payments-api', () => {
    const { from, to, refs } = truth.stories.find(s => s.id === 'bad-release')!;
    const [outage] = of('release').filter(
      o => o.cause!.version === refs.version,
    );
    expect(outage.startedAt).toBeGreaterThan(Date.parse(from));
    expect(outage.startedAt).toBeLessThan(Date.parse(from) + 15 * MINUTE);
    expect(outage.detectedAt).toBeLessThan(outage.startedAt + 6 * MINUTE);
    expect(outage.mitigatedAt).toBeGreaterThan(Date.parse(to!));
    expect(outage.mitigatedAt).toBeLessThan(Date.parse(to!) + 15 * MINUTE);
    expect(outage.errorShare).toBe(0.12);
  });

  it('are noticed late for some releases, and innocent of what came before', () => {
    const late = of('release').filter(
      o => o.errorShare < 0.02 && o.detectedAt! > o.startedAt + 10 * MINUTE,
    );
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(of('release').length / 1.5);
    const innocent = of('dependency').filter(outage =>
      truth.deployments.some(
        d =>
          d.service === outage.service &&
          d.environment === 'production' &&
          Date.parse(d.finishedAt) < outage.startedAt &&
          Date.parse(d.finishedAt) > outage.startedAt - HOUR,
      ),
    );
    expect(innocent.length).toBeGreaterThan(0);
  });

  it('told at any moment stay true as the world goes on', () => {
    const [first] = of('release');
    const moments = outages.flatMap(({ startedAt, detectedAt }) =>
      [startedAt - 1, startedAt + 30_000, detectedAt ?? 0].filter(
        at => at > first.startedAt - HOUR && at < testEnd,
      ),
    );
    const growing = World.create({ ...made, end: first.startedAt - HOUR });
    // Of all one in six: each makes the world go on.
    const some = moments.sort((a, b) => a - b).filter((_, i) => i % 6 === 0);
    for (const moment of some) {
      growing.advanceTo(moment);
      const now = outages
        .filter(({ startedAt }) => startedAt <= moment)
        .map(outage => ({ ...outage }));
      for (const outage of now) {
        for (const name of instants) {
          if ((outage[name] ?? 0) > moment) {
            delete outage[name];
          }
        }
        if (outage.acknowledgedAt === undefined) {
          delete outage.acknowledgedBy;
        }
        if (outage.resolvedAt === undefined) {
          delete outage.resolvedBy;
        }
      }
      expect(growing.outages).toEqual(now);
    }
  });

  it('let requests fail from the start until they are mitigated', () => {
    const [outage] = of('release');
    const { startedAt, mitigatedAt, errorShare } = outage;
    expect(errorShareAt(outage, startedAt - 1)).toBe(0);
    expect(errorShareAt(outage, startedAt)).toBeCloseTo(errorShare / 4, 6);
    expect(errorShareAt(outage, startedAt + MINUTE)).toBe(errorShare);
    expect(errorShareAt(outage, mitigatedAt! - 1)).toBe(errorShare);
    expect(errorShareAt(outage, mitigatedAt!)).toBe(0);
  });
});
