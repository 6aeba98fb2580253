import { randomOf } from './__testUtils__/random';
import { DAY, HOUR, sequenceFrom } from './__testUtils__/story';
import {
  CELL_COUNTS,
  cellOf,
  isEmptyCell,
  mergeCells,
  QUARTER_MS,
  type DeliveryCell,
} from './cell';
import { deliveriesOf } from './deliveriesOf';
import type { Delivery } from './delivery';
import { roleIn } from './roleIn';
import { DeliveryMetric } from './scoreboard';

const stories = [
  'V1 - 0 a@0\nV2 - 48 a@40 b@45 m@46*\nV3 - 96 c@90\nV1 - 98',
  'V1 - 0\nV2 - 50 a@47 %\nV3 - 51 +hotfix h@50 o@60\nV4 - 90 !\nV5 - 91 x',
  'V1 eu 0\nV1 us 0\nV2 eu 48\nV2 us 49 !\nV1 eu 50\nV1 us 50\nV6 eu 70 ?',
  'V1 - 3 ~?\nV2 - 48 ~? a@2\nV1 - 49 ~?\nV2 - 50 ~?\nV3 - 52 ~? +revert',
  'V1 eu 0\nV1 us 0\nV2 eu 48\nV1 eu 49\nV2 us 50\nV3 us 90 !',
];
const all = stories.flatMap(story =>
  deliveriesOf({ sequence: sequenceFrom(story) }),
);

/** Only what is not 0. */
function countsOf(cell: DeliveryCell): Record<string, number> {
  return Object.fromEntries(
    Object.entries(cell.counts).filter(([, count]) => count > 0),
  );
}

describe('cellOf', () => {
  it('holds the first two stories as counted by hand', () => {
    const [first, second] = stories.map(story =>
      cellOf(deliveriesOf({ sequence: sequenceFrom(story) })),
    );
    expect(countsOf(first)).toEqual({
      deployments: 4,
      changes: 3,
      failed: 1,
      rework: 1,
      rolloutsSucceeded: 4,
      leadExpected: 3,
      leadMeasured: 3,
    });
    expect([...first.leadSeconds]).toEqual([3, 6, 8].map(h => h * 3600));
    expect([...first.recoverySeconds]).toEqual([2 * 3600]);
    expect([...first.quarters]).toEqual([0, 48 * 4, 96 * 4, 98 * 4]);
    expect(countsOf(second)).toEqual({
      deployments: 3,
      changes: 3,
      failed: 1,
      rework: 1,
      rolloutsSucceeded: 3,
      rolloutsFailed: 1,
      rolloutsCancelled: 1,
      leadExpected: 2,
      leadMeasured: 1,
      leadAnomalies: 1,
    });
    expect([...second.leadSeconds]).toEqual([3600, 3 * 3600]);
  });

  it('knows since when the oldest open failure is open', () => {
    const open = (hour: number): Delivery => ({
      ...all[0],
      isFailed: true,
      recovery: {
        failureStartedAt: hour * HOUR,
        anomaly: false,
        how: 'open',
      },
    });
    const cell = cellOf([open(9), open(7), open(8)]);
    expect(cell.oldestOpenAt).toBe(7 * HOUR);
    expect(cell.counts.open).toBe(3);
    expect(mergeCells([cellOf([open(5)]), cell]).oldestOpenAt).toBe(5 * HOUR);
  });

  it('is empty of nothing, and of any deployment it is not', () => {
    expect(isEmptyCell(cellOf([]))).toBe(true);
    expect(mergeCells([])).toEqual(cellOf([]));
    for (const each of all) {
      expect(isEmptyCell(cellOf([each]))).toBe(false);
    }
  });

  it('counts what the rows behind a figure say of themselves', () => {
    const { counts, leadSeconds, recoverySeconds } = cellOf(all);
    const among = (metric: DeliveryMetric, ...roles: string[]) =>
      all.filter(delivery =>
        roles.includes(roleIn({ metric, delivery, tier: 'production' }).role),
      );
    expect(among('deploymentFrequency', 'counted')).toHaveLength(
      counts.deployments,
    );
    const changes = among('changeFailRate', 'counted', 'numerator');
    expect(changes).toHaveLength(counts.changes);
    expect(among('changeFailRate', 'numerator')).toHaveLength(counts.failed);
    expect(among('deploymentReworkRate', 'counted', 'numerator')).toHaveLength(
      counts.deployments,
    );
    expect(among('deploymentReworkRate', 'numerator')).toHaveLength(
      counts.rework,
    );
    expect(among('deploymentSuccessRate', 'numerator')).toHaveLength(
      counts.rolloutsSucceeded,
    );
    expect(among('deploymentSuccessRate', 'counted')).toHaveLength(
      counts.rolloutsFailed,
    );
    const measured = among('changeLeadTime', 'counted');
    expect(measured.flatMap(({ lead }) => lead.commits)).toHaveLength(
      leadSeconds.length,
    );
    const recovery = 'failedDeploymentRecoveryTime';
    expect(among(recovery, 'counted')).toHaveLength(recoverySeconds.length);
    expect(among(recovery, 'open')).toHaveLength(counts.open);
    expect(counts.recoveryAnomalies).toBe(1);
    expect(counts.failed).toBeLessThanOrEqual(counts.changes);
  });
});

describe('mergeCells', () => {
  const random = randomOf(3);
  const moved = (each: Delivery): Delivery => ({
    ...each,
    finishedAt: each.finishedAt + Math.floor(random() * 3) * DAY,
  });
  const some = () =>
    cellOf(all.filter(() => random() < 0.4).map(each => moved(each)));

  it('is associative and commutative, and nothing added changes nothing', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const [a, b, c] = [some(), some(), some()];
      const sum = mergeCells([a, b, c]);
      expect(mergeCells([mergeCells([a, b]), c])).toEqual(sum);
      expect(mergeCells([a, mergeCells([b, c])])).toEqual(sum);
      expect(mergeCells([c, a, b])).toEqual(sum);
      expect(mergeCells([sum, cellOf([])])).toEqual(sum);
    }
  });

  it('of the cells of parts is the cell of the whole, however it is parted', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const parts: Delivery[][] = [[], [], [], []];
      all.forEach(each => parts[Math.floor(random() * 4)].push(each));
      expect(mergeCells(parts.map(cellOf))).toEqual(cellOf(all));
    }
  });

  it('leaves what it is given alone', () => {
    const [a, b] = [cellOf(all.slice(0, 6)), cellOf(all.slice(6))];
    const before = structuredClone([a, b]);
    mergeCells([a, b]);
    expect([a, b]).toEqual(before);
  });

  it('keeps a quarter of an hour once, whoever deployed in it', () => {
    const one = cellOf([all[0]]);
    expect([...mergeCells([one, one]).quarters]).toEqual([
      all[0].finishedAt / QUARTER_MS,
    ]);
    expect(mergeCells([one, one]).counts.deployments).toBe(2);
    expect(Object.keys(one.counts)).toEqual([...CELL_COUNTS]);
  });
});
