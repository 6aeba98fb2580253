import { sequenceFrom, tell } from './__testUtils__/story';
import { cellOf } from './cell';
import { deliveriesOf } from './deliveriesOf';
import { figuresOf } from './figuresOf';

/** Worked out by hand: hours. Version 2 finishes at hour 48. */
describe('deliveries with incidents', () => {
  it.each<[string, string, string[]]>([
    [
      'an incident: from the start of its impact to its end',
      'V1 - 0\nV2 - 48 #i:49-52',
      ['V1 D', 'V2 D failed:incident-confirmed incident:3'],
    ],
    [
      'no impact is told: from the finish',
      'V1 - 0\nV2 - 48 #i:-52',
      ['V1 D', 'V2 D failed:incident-confirmed incident:4'],
    ],
    [
      'mitigated before it was resolved',
      'V1 - 0\nV2 - 48 #i:49-51/60',
      ['V1 D', 'V2 D failed:incident-confirmed incident:2'],
    ],
    [
      'two incidents are one failed deployment: from the first start to the last end',
      'V1 - 0\nV2 - 48 #i:50-52 #j:49-51/70',
      ['V1 D', 'V2 D failed:incident-confirmed,incident-confirmed incident:3'],
    ],
    [
      'one of two is open',
      'V1 - 0\nV2 - 48 #i:49-52 #j:50-',
      ['V1 D', 'V2 D failed:incident-confirmed,incident-confirmed open'],
    ],
    [
      'only suspected',
      'V1 - 0\nV2 - 48 #i?:49-52',
      ['V1 D', 'V2 D failed:incident-suspected suspected incident:3'],
    ],
    [
      'of two one is confirmed: it is not only suspected',
      'V1 - 0\nV2 - 48 #i?:49-52 #j:50-51',
      ['V1 D', 'V2 D failed:incident-suspected,incident-confirmed incident:3'],
    ],
    [
      'the impact began while it was rolled out: before its finish',
      'V1 eu 0\nV1 us 0\nV2 eu 46\nV2 us 48 #i:47-52',
      ['V1 D', 'V2 D failed:incident-confirmed incident:5'],
    ],
    [
      'an incident that was over before it had finished, its impact not told',
      'V1 - 0\nV2 - 48 #i:-40',
      ['V1 D', 'V2 D failed:incident-confirmed incident:-'],
    ],
    [
      'a rollback and an incident: it is rework, the recovery is the incident’s',
      'V1 - 0\nV2 - 48 #i:49-60\nV1 - 50 >i',
      [
        'V1 D',
        'V2 D failed:rolled-back,incident-confirmed incident:11',
        'V1 D rollback rework:rollback,fixes-incident',
      ],
    ],
    [
      'rolled back while the incident is open: it is open',
      'V1 - 0\nV2 - 48 #i:49-\nV1 - 50',
      [
        'V1 D',
        'V2 D failed:rolled-back,incident-confirmed open',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'rolled back, and an incident only suspected: it failed all the same',
      'V1 - 0\nV2 - 48 #i?:49-60\nV1 - 50',
      [
        'V1 D',
        'V2 D failed:rolled-back,incident-suspected incident:11',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'an incident of a rollback: what it was to end lasted until that was over',
      'V1 - 0\nV2 - 48\nV1 - 50 #i:51-55',
      [
        'V1 D',
        'V2 D failed:rolled-back incident:7',
        'V1 D rollback failed:incident-confirmed rework:rollback incident:4',
      ],
    ],
    [
      'an open incident of a rollback: neither is over',
      'V1 - 0\nV2 - 48\nV1 - 50 #i:51-',
      [
        'V1 D',
        'V2 D failed:rolled-back open',
        'V1 D rollback failed:incident-confirmed rework:rollback open',
      ],
    ],
    [
      'a fix with an incident, and a healthy one before that was over: the earlier ends it',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix #i:51-60\nV4 - 54 +fix:V2',
      [
        'V1 D',
        'V2 D failed:fixed-within-look-back,named-by-fix fix:6',
        'V3 D failed:incident-confirmed rework:hotfix incident:9',
        'V4 D rework:fix',
      ],
    ],
    [
      'the same, where the incident was over first',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix #i:51-53\nV4 - 54 +fix:V2',
      [
        'V1 D',
        'V2 D failed:fixed-within-look-back,named-by-fix incident:5',
        'V3 D failed:incident-confirmed rework:hotfix incident:2',
        'V4 D rework:fix',
      ],
    ],
    [
      'what mends an incident is rework, however it is marked',
      'V1 - 0\nV2 - 48 #i:49-52\nV3 - 51 >i',
      [
        'V1 D',
        'V2 D failed:incident-confirmed incident:3',
        'V3 D rework:fixes-incident',
      ],
    ],
    [
      'it never served: no incident is its',
      'V1 - 0\nV2 - 48 ! #i:49-52',
      ['V1 D', 'V2 never-live'],
    ],
    [
      'it served on one target and failed on the other: the incident tells how long',
      'V1 eu 0\nV1 us 0\nV2 eu 48\nV2 us 49 ! #i:50-53\nV3 eu 60\nV3 us 60',
      [
        'V1 D',
        'V2 live failed:rollout-failed,incident-confirmed incident:3',
        'V3 D',
      ],
    ],
    [
      'one sync of two images, of which one caused it: one failure',
      'V1/api - 0\nV1/job - 0 &\nV2/api - 48\nV2/job - 48 & #i:49-52',
      ['V1 D', 'V2 D failed:incident-confirmed incident:3'],
    ],
    [
      'one sync of two images that both caused it: one failure',
      'V1/api - 0\nV1/job - 0 &\nV2/api - 48 #i:49-52\nV2/job - 48 & #i:49-52',
      ['V1 D', 'V2 D failed:incident-confirmed incident:3'],
    ],
  ])('%s', (_, story, told) => {
    expect(tell(sequenceFrom(story))).toEqual(told);
  });

  it('holds an incident for confirmed where it is so of one of the images', () => {
    const sequence = sequenceFrom(
      'V1/api - 0\nV1/job - 0 &\nV2/api - 48 #i?:49-52\nV2/job - 48 &',
    );
    const [, , api, job] = sequence;
    const [guess] = api.incidents?.caused ?? [];
    for (const of of [
      [api, job],
      [job, api],
    ]) {
      of[0].incidents = { caused: [guess], mended: [] };
      of[1].incidents = {
        caused: [{ ...guess, state: 'confirmed' }],
        mended: [],
      };
      expect(tell(sequence)[1]).toBe(
        'V2 D failed:incident-confirmed incident:3',
      );
    }
  });

  it('says in words what was confirmed and what is suspected, and which incident ended it', () => {
    const [, delivery] = deliveriesOf({
      sequence: sequenceFrom('V1 - 0\nV2 - 48 #i?:49-52 #j:50-51'),
    });
    expect(delivery.reasons.failed.map(({ text }) => text)).toEqual([
      'It is suspected to have caused an incident: Incident i',
      'It caused an incident: Incident j',
    ]);
    expect(delivery.recovery).toMatchObject({
      how: 'incident',
      incidentId: 'i',
    });
    expect(delivery.recovery).not.toHaveProperty('restoredById');
  });

  it('names twenty incidents, and how many more there are', () => {
    const many = Array.from({ length: 25 }, (_, at) => `#i${at}:49-52`);
    const [, delivery] = deliveriesOf({
      sequence: sequenceFrom(`V1 - 0\nV2 - 48 ${many.join(' ')}`),
    });
    expect(delivery.reasons.failed).toHaveLength(21);
    expect(delivery.reasons.failed[20].text).toBe('5 more incidents say so');
  });
});

describe('figures', () => {
  const of = (story: string) => {
    const cell = cellOf(deliveriesOf({ sequence: sequenceFrom(story) }));
    const day = 24 * 3600_000;
    return figuresOf({ cell, range: { from: 0, to: 10 * day }, now: 10 * day });
  };
  const beside = (story: string, metric: string) =>
    of(story)
      .find(each => each.metric === metric)
      ?.beside.find(({ name }) => name === 'suspected')?.figure;
  const story = [
    'V1 - 0',
    'V2 - 24 #i?:25-26',
    'V3 - 30 #j:31-32',
    'V4 - 48 #k?:49-50',
    'V5 - 49 >k',
  ];

  it('say how many of theirs only suspected incidents tell of', () => {
    const text = story.join('\n');
    const fails = of(text).find(({ metric }) => metric === 'changeFailRate');
    expect(fails?.figure).toMatchObject({ value: 3 / 5, n: 5 });
    expect(beside(text, 'changeFailRate')).toEqual({
      value: 2,
      unit: 'failed deployments',
      n: 3,
    });
    expect(beside(text, 'failedDeploymentRecoveryTime')).toEqual({
      value: 2,
      unit: 'recoveries',
      n: 3,
    });
    expect(beside(text, 'deploymentReworkRate')).toEqual({
      value: 1,
      unit: 'deployments',
      n: 1,
    });
  });

  it('say nothing of it where all are confirmed', () => {
    const text = story.join('\n').replace(/\?/g, '');
    for (const metric of [
      'changeFailRate',
      'failedDeploymentRecoveryTime',
      'deploymentReworkRate',
    ]) {
      expect(beside(text, metric)).toBeUndefined();
    }
  });

  it('leave an incident of a rollback out of the change fail rate, and count its recovery', () => {
    const cell = cellOf(
      deliveriesOf({
        sequence: sequenceFrom('V1 - 0\nV2 - 48\nV1 - 50 #i?:51-55'),
      }),
    );
    expect(cell.counts).toMatchObject({
      changes: 2,
      failed: 1,
      failedSuspected: 0,
      recoveriesSuspected: 1,
    });
    expect([...cell.recoverySeconds].map(each => each / 3600)).toEqual([4, 7]);
  });
});
