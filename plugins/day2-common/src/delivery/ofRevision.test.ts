import { deriveSequence, type SequenceObservation } from '../deployments';
import { deliveriesOf } from './deliveriesOf';

const HOUR = 3600_000;

/**
 * `1.4 0` was synced at hour 0; of `~b 48` the revision stands for the version;
 * `!`: its roll-out failed on one of two targets; `+hotfix` marks it.
 */
function tell(story: string): string[] {
  const observations = story.split('; ').flatMap((text, order) => {
    const [name, hour, ...rest] = text.split(' ');
    const isRead = name.startsWith('~');
    const sha = name.slice(1).padEnd(40, '0');
    const said: SequenceObservation = {
      source: 'argocd',
      key: `k${order}`,
      versionName: isRead ? sha.slice(0, 8) : name,
      target: 'eu',
      finishedAt: Number(hour) * HOUR,
      order,
      basis: 'synced',
      rollout: 'succeeded',
      manifestRevision: { repository: 'gitops', sha },
      read: {
        from: isRead ? 'revision' : 'images',
        line: '',
        revision: { repository: 'gitops', sha },
        carries: [],
      },
      marks: rest.includes('+hotfix') ? ['hotfix'] : [],
    };
    return rest.includes('!')
      ? [
          said,
          {
            ...said,
            key: `${said.key}-us`,
            target: 'us',
            rollout: 'failed' as const,
          },
        ]
      : [said];
  });
  const sequence = deriveSequence({ observations }).map((each, at) => ({
    ...each,
    id: `d${at}`,
    commits: { list: [], complete: true },
  }));
  return deliveriesOf({ sequence }).map((each, at) => {
    const { version, outcome, previous, ofRevision } = sequence[at];
    const { isRollback, isRework, isFailed, recovery, reasons } = each;
    expect(each.countsAsDeployment || story.includes('!')).toBe(true);
    expect(ofRevision ?? false).toBe(/^[a-z]0+$/.test(version));
    expect(previous).toBe(at === 0 ? undefined : at - 1);
    return [
      version.replace(/0{6,}$/, '~'),
      ...(isRollback ? ['rollback'] : []),
      ...(isRework ? ['rework'] : []),
      ...(isFailed ? reasons.failed.map(({ code }) => code) : []),
      ...(outcome === 'undone' ? ['undone'] : []),
      ...(recovery ? [recovery.how] : []),
    ].join(' ');
  });
}

describe('a deployment of which nobody knows the version', () => {
  it.each<[string, string, string[]]>([
    [
      'makes no rollback of what ran all along',
      '1.4 0; ~b 48; 1.4 96; 1.5 144',
      ['1.4', 'b~', '1.4', '1.5'],
    ],
    [
      'is no rollback where its revision is put back, and nothing fails by it',
      '~a 0; ~b 48; ~a 50',
      ['a~', 'b~', 'a~'],
    ],
    [
      'is left out where a rollback goes past it',
      '1.4 0; ~a 40; 1.5 48; ~b 49; 1.4 50',
      ['1.4', 'a~', '1.5 rolled-back rollback', 'b~', '1.4 rollback rework'],
    ],
    [
      'does not make what it followed replaced within the look-back',
      '1.4 0; 1.5 48; ~b 49; 1.6 96; 1.4 98',
      [
        '1.4',
        '1.5 undone',
        'b~',
        '1.6 rolled-back rollback',
        '1.4 rollback rework',
      ],
    ],
    [
      'is not what a hotfix mends: that is the one before it',
      '1.4 0; 1.5 48; ~b 49; 1.6 50 +hotfix',
      ['1.4', '1.5 fixed-within-look-back fix', 'b~', '1.6 rework'],
    ],
    [
      'is nobody where that one is too long ago',
      '1.4 0; 1.5 20; ~b 49; 1.6 50 +hotfix',
      ['1.4', '1.5', 'b~', '1.6 rework'],
    ],
    [
      'fails by its own roll-out, and the next one ends that',
      '1.4 0; ~b 48 !; 1.5 50',
      ['1.4', 'b~ rollout-failed next-rollout', '1.5'],
    ],
  ])('%s', (_, story, expected) => {
    expect(tell(story)).toEqual(expected);
  });
});
