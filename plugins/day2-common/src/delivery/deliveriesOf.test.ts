import { sequenceFrom, shaOf, tell } from './__testUtils__/story';
import { deliveriesOf } from './deliveriesOf';

/**
 * The table of docs/delivery.md, worked out by hand: hours, the commits of each
 * version as `sha@hour`.
 */
describe('deliveriesOf', () => {
  it.each<[string, string, string[]]>([
    ['the first deployment has no lead time', 'V1 - 10 a@8', ['V1 D']],
    [
      'a rollback: V3 failed, V2 is undone, the rollback is rework',
      'V1 - 0\nV2 - 48 a@40 b@45\nV3 - 96 c@90\nV1 - 98',
      [
        'V1 D',
        'V2 D lead:3,8',
        'V3 D failed:rolled-back lead:6 rollback:2',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'a rollback past one replaced within a day: both are restored by it',
      'V1 - 0\nV2 - 48\nV3 - 50\nV1 - 51',
      [
        'V1 D',
        'V2 D failed:undone-within-look-back rollback:3',
        'V3 D failed:rolled-back rollback:1',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'what a rollback undid may come again, as the same version or the next',
      'V1 - 0\nV2 - 48 a@47\nV1 - 49\nV3 - 96 a@47= b@95',
      [
        'V1 D',
        'V2 D failed:rolled-back lead:1 rollback:1',
        'V1 D rollback rework:rollback',
        'V3 D lead:1 earlier:1',
      ],
    ],
    [
      'a rollback that is rolled back failed as well, and restored nothing',
      'V1 - 0\nV2 - 48\nV1 - 50\nV2 - 51',
      [
        'V1 D',
        'V2 D failed:rolled-back rollback:3',
        'V1 D rollback failed:rolled-back rework:rollback rollback:1',
        'V2 D rollback rework:rollback',
      ],
    ],
    [
      'squash: the commit on the main branch is timed, not those of the branch',
      'V1 - 0\nV2 - 10 squashed@8',
      ['V1 D', 'V2 D lead:2'],
    ],
    [
      'merge: the branch’s commits are timed, the merge commit is not',
      'V1 - 0\nV2 - 10 a@4 b@6 m@8*',
      ['V1 D', 'V2 D lead:4,6 merges:1'],
    ],
    [
      'rebase: committer time is when it was rebased',
      'V1 - 0\nV2 - 10 a@8 b@8',
      ['V1 D', 'V2 D lead:2,2'],
    ],
    [
      'revert: what brought the commit failed, however long ago',
      'V1 - 0\nV2 - 48 a@47\nV3 - 96 b@95\nV4 - 100 r@99<a',
      [
        'V1 D',
        'V2 D failed:reverted lead:1 fix:52',
        'V3 D lead:1',
        'V4 D rework:reverts-commit lead:1',
      ],
    ],
    [
      'revert before it went out: nothing failed',
      'V1 - 0\nV2 - 48 a@46 r@47<a',
      ['V1 D', 'V2 D lead:1,2'],
    ],
    [
      'a revert of a revert lands it again: the revert did not fail',
      'V1 - 0\nV2 - 48 a@47\nV3 - 50 r@49<a\nV4 - 96 s@95<r',
      [
        'V1 D',
        'V2 D failed:reverted lead:1 fix:2',
        'V3 D rework:reverts-commit lead:1',
        'V4 D lead:1',
      ],
    ],
    [
      'hotfix within the look-back: what it replaced failed',
      'V1 - 0\nV2 - 48 a@47\nV3 - 51 +hotfix h@50',
      [
        'V1 D',
        'V2 D failed:fixed-within-look-back lead:1 fix:3',
        'V3 D rework:hotfix lead:1',
      ],
    ],
    [
      'hotfix after a rollback: the rollback did not fail',
      'V1 - 0\nV2 - 48\nV1 - 49\nV3 - 52 +hotfix h@51',
      [
        'V1 D',
        'V2 D failed:rolled-back rollback:1',
        'V1 D rollback rework:rollback',
        'V3 D rework:hotfix lead:1',
      ],
    ],
    [
      'hotfix branch off an old version, later: rework, and nobody is blamed',
      'V1 - 0\nV2 - 48\nV2.1 - 96 +hotfix h@95',
      ['V1 D', 'V2 D', 'V2.1 D rework:hotfix lead:1'],
    ],
    [
      'hotfix branch merged back: the next release brings it no second time',
      'V1 - 0\nV1.1 - 96 +hotfix h@95\nV2 - 120 h@95= a@110 m@111*',
      [
        'V1 D',
        'V1.1 D rework:hotfix lead:1',
        'V2 D lead:10 merges:1 earlier:1',
      ],
    ],
    [
      'a fix that failed is none: what ended it ends what it was to mend',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix\nV4 - 55 +emergency',
      [
        'V1 D',
        'V2 D failed:fixed-within-look-back fix:7',
        'V3 D failed:fixed-within-look-back rework:hotfix fix:5',
        'V4 D rework:emergency',
      ],
    ],
    [
      'a failed fix, then a rollback past both',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix\nV1 - 52',
      [
        'V1 D',
        'V2 D failed:undone-within-look-back,fixed-within-look-back rollback:4',
        'V3 D failed:rolled-back rework:hotfix rollback:2',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'a roll-out that failed and never went live is no failed deployment',
      'V1 - 0\nV2 - 48 ! a@47\nV3 - 50 a@47 b@49',
      ['V1 D', 'V2 never-live', 'V3 D lead:1,3'],
    ],
    [
      'a hotfix whose roll-out failed mends nothing',
      'V1 - 0\nV2 - 48\nV3 - 50 ! +hotfix\nV1 - 52',
      [
        'V1 D',
        'V2 D failed:rolled-back rollback:4',
        'V3 never-live',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'cancelled: neither counted nor failed',
      'V1 - 0\nV2 - 48 x +hotfix',
      ['V1 D', 'V2 never-live'],
    ],
    [
      'one version on three clusters is one, and finishes with the last',
      'V1 eu 0\nV1 us 0\nV1 ap 0\nV2 eu 48 a@46\nV2 us 49\nV2 ap 50',
      ['V1 D', 'V2 D lead:4'],
    ],
    [
      'it failed on one of the three: live in part, over with the next one',
      'V1 eu 0\nV1 us 0\nV2 eu 48 a@46\nV2 us 49 !\nV2 us 51 a@46',
      ['V1 D', 'V2 live failed:rollout-failed next-rollout:3', 'V2 D lead:5'],
    ],
    [
      'what failed on some targets twice is over with the one that succeeds',
      'V1 eu 0\nV1 us 0\nV2 eu 48\nV2 us 48 !\nV3 eu 50\nV3 us 50 !\nV4 eu 54\nV4 us 54',
      [
        'V1 D',
        'V2 live failed:rollout-failed next-rollout:6',
        'V3 live failed:rollout-failed next-rollout:4',
        'V4 D',
      ],
    ],
    [
      'overlapping: the next version begins before the last has reached all',
      'V1 eu 0\nV1 us 0\nV2 eu 48 a@47\nV3 eu 49 b@48\nV2 us 50\nV3 us 51',
      ['V1 D', 'V2 D lead:3', 'V3 D lead:3'],
    ],
    [
      'overlapping: rolled back before it had reached all: an anomaly',
      'V1 eu 0\nV1 us 0\nV2 eu 48\nV1 eu 49\nV2 us 50',
      [
        'V1 D',
        'V2 D failed:rolled-back rollback:-',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'out of order: told of late, placed by its finish',
      'V3 - 96 c@95\nV1 - 0\nV2 - 48 a@47',
      ['V1 D', 'V2 D lead:1', 'V3 D lead:1'],
    ],
    [
      'a clock that is ahead: the negative lead time is left out and counted',
      'V1 - 0\nV2 - 10 a@12 b@8',
      ['V1 D', 'V2 D lead:2 odd:-2'],
    ],
    [
      'commits not known: it counts, its lead time is not covered',
      'V1 - 0\nV2 - 10 %',
      ['V1 D', 'V2 D incomplete'],
    ],
    [
      'posted as a fix of a version: that one failed, however long ago',
      'V1 - 0\nV2 - 48\nV3 - 96\nV4 - 100 +fix:V2',
      ['V1 D', 'V2 D failed:named-by-fix fix:52', 'V3 D', 'V4 D rework:fix'],
    ],
    [
      'posted as a hotfix of a version: nobody else is blamed by the mark',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix:V1',
      ['V1 D failed:named-by-fix fix:50', 'V2 D', 'V3 D rework:hotfix'],
    ],
    [
      'of a version that came twice the last one failed',
      'V1 - 0\nV2 - 48\nV1 - 96\nV3 - 98 +fix:V1',
      [
        'V1 D',
        'V2 D failed:rolled-back fix:50',
        'V1 D rollback failed:named-by-fix rework:rollback fix:2',
        'V3 D rework:fix',
      ],
    ],
    [
      'of a version that nobody knows: rework, and nobody is blamed',
      'V1 - 0\nV2 - 48\nV3 - 50 +hotfix:V9',
      ['V1 D', 'V2 D', 'V3 D rework:hotfix'],
    ],
    [
      'posted as a rollback of the version before',
      'V1 - 0\nV2 - 48\nV1 - 50 +rollback:V2',
      [
        'V1 D',
        'V2 D failed:rolled-back,named-by-fix rollback:2',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'a posted fix whose roll-out failed mends nothing',
      'V1 - 0\nV2 - 48\nV3 - 50 ! +fix:V2',
      ['V1 D', 'V2 D', 'V3 never-live'],
    ],
    [
      'Git alone: the desired commit is the deployment',
      'V1 - 0 ~?\nV2 - 10 ~? a@9\nV1 - 11 ~?',
      [
        'V1 D',
        'V2 D failed:rolled-back lead:1 rollback:1',
        'V1 D rollback rework:rollback',
      ],
    ],
    [
      'a source that has not said how it ended: no deployment yet',
      'V1 - 0\nV2 - 10 ? a@9',
      ['V1 D', 'V2 never-live'],
    ],
  ])('%s', (_, text, expected) => {
    expect(tell(sequenceFrom(text))).toEqual(expected);
  });

  it('of nothing there is nothing', () => {
    expect(deliveriesOf({ sequence: [] })).toEqual([]);
  });

  it('500 commits in one are 500 lead times of one deployment', () => {
    const commits = Array.from({ length: 500 }, (_, i) => `c${i}@${i / 10}`);
    const [, { lead, countsAsDeployment }] = deliveriesOf({
      sequence: sequenceFrom(`V1 - 0\nV2 - 100 ${commits.join(' ')}`),
    });
    expect(countsAsDeployment).toBe(true);
    expect(lead.commits).toHaveLength(500);
    // From 50.1 h (the last commit) to 100 h (the first).
    expect(lead.commits[0].seconds).toBe(180_360);
    expect(lead.commits[499].seconds).toBe(360_000);
  });

  it('a monorepo of three services: each its own deployment and lead time', () => {
    // One commit to shared code at hour 8, then one of each service's own.
    const tales = ['V1 - 0\nV2 - 10 s@8 a@9', 'V1 - 0\nV2 - 12 s@8', 'V1 - 0'];
    expect(tales.map(tale => tell(sequenceFrom(tale)).slice(1))).toEqual([
      ['V2 D lead:1,2'],
      ['V2 D lead:4'],
      [],
    ]);
  });

  it('the look-back bounds what a mark alone may blame', () => {
    const sequence = sequenceFrom('V1 - 0\nV2 - 48\nV3 - 71 +hotfix');
    const failed = (lookBackMs: number) =>
      deliveriesOf({ sequence, lookBackMs }).map(({ isFailed }) => isFailed);
    expect(failed(23 * 3600_000)).toEqual([false, true, false]);
    expect(failed(23 * 3600_000 - 1)).toEqual([false, false, false]);
  });

  it('a short sha in the message finds the commit, another one does not', () => {
    const sequence = sequenceFrom('V1 - 0\nV2 - 48 a@47\nV3 - 50 r@49<a');
    const [revert] = sequence[2].commits.list;
    const failedBy = (reverts: string) => {
      sequence[2].commits.list = [{ ...revert, reverts }];
      return deliveriesOf({ sequence })[1].isFailed;
    };
    expect(failedBy(shaOf('a').slice(0, 7).toUpperCase())).toBe(true);
    expect(failedBy(shaOf('a').slice(0, 6))).toBe(false);
    expect(failedBy(`${shaOf('a').slice(0, 9)}f`)).toBe(false);
  });

  it('the order in which the commits of a deployment come changes nothing', () => {
    const sequence = sequenceFrom(
      'V1 - 0\nV2 - 48 a@47\nV3 - 96 b@95 c@95\nV4 - 100 r@99<a s@99<b t@99<c',
    );
    const forth = deliveriesOf({ sequence });
    for (const { commits } of sequence) {
      commits.list.reverse();
    }
    expect(deliveriesOf({ sequence })).toEqual(forth);
    expect(forth[3].reasons.rework).toEqual([
      {
        code: 'reverts-commit',
        text: 'It reverts a commit that V3, V2 brought',
      },
    ]);
  });

  it('every word has its reason in a code and a sentence', () => {
    const deliveries = deliveriesOf({
      sequence: sequenceFrom(
        'V1 - 0\nV2 - 48 a@47 m@47*\nV3 - 50 r@52<a %\nV4 - 51 !\nV1 - 52',
      ),
    });
    const reasons = deliveries.flatMap(each =>
      Object.values(each.reasons).flat(),
    );
    expect(reasons.length).toBeGreaterThan(10);
    for (const { code, text } of reasons) {
      expect(code).toMatch(/^[a-z-]+$/);
      expect(text).toMatch(/^[A-Z].+[^.]$/);
    }
    // Its fix, V3, was rolled back: what ended that failure ended this one.
    expect(deliveries[1].recovery).toMatchObject({ restoredById: 'd-k04' });
  });
});
