import { sequenceFrom } from './__testUtils__/story';
import { deliveriesOf } from './deliveriesOf';
import { roleIn } from './roleIn';
import { DeliveryMetric } from './scoreboard';

const deliveries = deliveriesOf({
  sequence: sequenceFrom(
    'V1 - 0\nV2 - 48 a@47\nV3 - 49 !\nV4 - 50 x\nV1 - 51\nV5 - 90 ?\nV6 - 99 m@90*\nV7 - 100 +hotfix b@99',
  ),
});

describe('roleIn', () => {
  it.each<[DeliveryMetric, string[]]>([
    // Of V1, V2 (rolled back), V3 (failed), V4 (cancelled), V1 (the rollback),
    // V5 (nobody said), V6 (merges alone; a hotfix followed) and V7 (that).
    [
      'deploymentFrequency',
      ['counted', 'counted', '-', '-', 'counted', '-', 'counted', 'counted'],
    ],
    ['changeLeadTime', ['-', 'counted', '-', '-', '-', '-', '-', 'counted']],
    [
      'failedDeploymentRecoveryTime',
      ['-', 'counted', '-', '-', '-', '-', 'counted', '-'],
    ],
    [
      'changeFailRate',
      ['counted', 'numerator', '-', '-', '-', '-', 'numerator', 'counted'],
    ],
    [
      'deploymentReworkRate',
      [
        'counted',
        'counted',
        '-',
        '-',
        'numerator',
        '-',
        'counted',
        'numerator',
      ],
    ],
    [
      'deploymentSuccessRate',
      [
        'numerator',
        'numerator',
        'counted',
        '-',
        'numerator',
        '-',
        'numerator',
        'numerator',
      ],
    ],
  ])('in %s', (metric, expected) => {
    const found = deliveries.map(delivery =>
      roleIn({ metric, delivery, tier: 'production' }),
    );
    expect(found.map(({ role }) => (role === 'left-out' ? '-' : role))).toEqual(
      expected,
    );
    for (const { reasons } of found) {
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  it.each(['unknown', 'staging'] as const)(
    'an environment of tier %s never counts as production',
    tier => {
      for (const metric of DeliveryMetric.options) {
        for (const delivery of deliveries) {
          const { role, reasons } = roleIn({ metric, delivery, tier });
          expect(role).toBe('left-out');
          expect(reasons[0].code).toMatch(/^environment-/);
        }
      }
    },
  );

  it('another tier counts where it is asked for', () => {
    expect(
      roleIn({
        metric: 'deploymentFrequency',
        delivery: deliveries[0],
        tier: 'staging',
        asked: 'staging',
      }).role,
    ).toBe('counted');
  });
});
