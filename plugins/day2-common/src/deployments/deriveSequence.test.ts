import { HOUR, read, tell } from '../__testUtils__/sequenceText';
import { deriveSequence } from './deriveSequence';

const DAY = 24 * HOUR;

describe('deriveSequence', () => {
  it.each<[string, string, string[]]>([
    ['nothing before the first', 'V1 - 1', ['V1 ok 1']],
    [
      'a chain of versions',
      'V1 - 1\nV2 - 2\nV3 - 3',
      ['V1 ok 1', 'V2 ok 2 after V1', 'V3 ok 3 after V2'],
    ],
    [
      'the version a target has already is no deployment',
      'V1 - 1\nV1 - 2\nV2 - 3\nV2 - 4',
      ['V1 ok 1', 'V2 ok 3 after V1'],
    ],
    [
      'a rollback: what it replaced failed',
      'V1 - 1\nV2 - 2\nV1 - 3',
      [
        'V1 ok 1',
        'V2 failed 2 after V1 rolled-back',
        'V1 ok 3 after V2 restores 0 replaces 1',
      ],
    ],
    [
      'a rollback past one that had long been replaced: that one is undone',
      'V1 - 0\nV2 - 48\nV3 - 96\nV1 - 97',
      [
        'V1 ok 0',
        'V2 undone 48 after V1 undone',
        'V3 failed 96 after V2 rolled-back',
        'V1 ok 97 after V3 restores 0 replaces 2',
      ],
    ],
    [
      'a rollback past one replaced within a day: that one failed too',
      'V1 - 0\nV2 - 48\nV3 - 50\nV1 - 51',
      [
        'V1 ok 0',
        'V2 failed 48 after V1 undone-within-look-back',
        'V3 failed 50 after V2 rolled-back',
        'V1 ok 51 after V3 restores 0 replaces 2',
      ],
    ],
    [
      'rollbacks one after the other restore the latest of that version',
      'V1 - 0\nV2 - 48\nV1 - 49\nV3 - 96\nV1 - 97',
      [
        'V1 ok 0',
        'V2 failed 48 after V1 rolled-back',
        'V1 ok 49 after V2 restores 0 replaces 1',
        'V3 failed 96 after V1 rolled-back',
        'V1 ok 97 after V3 restores 2 replaces 3',
      ],
    ],
    [
      'a version on several targets is one deployment, done with the last',
      'V1 eu 1\nV1 us 2\nV2 eu 5\nV2 us 9',
      ['V1 ok 1..2 eu+us', 'V2 ok 5..9 eu+us after V1'],
    ],
    [
      'targets interleaved: each version keeps its own',
      'V1 eu 1\nV1 us 1\nV2 eu 2\nV3 eu 3\nV2 us 4\nV3 us 5',
      [
        'V1 ok 1 eu+us',
        'V2 ok 2..4 eu+us after V1',
        'V3 ok 3..5 eu+us after V2',
      ],
    ],
    [
      'one target rolled back alone, the other follows',
      'V1 eu 1\nV1 us 1\nV2 eu 2\nV2 us 3\nV1 us 4\nV1 eu 6',
      [
        'V1 ok 1 eu+us',
        'V2 failed 2..3 eu+us after V1 rolled-back',
        'V1 ok 4..6 us+eu after V2 restores 0 replaces 1',
      ],
    ],
    [
      'a target that is new gets an old version: it joins that one',
      'V1 eu 1\nV2 eu 2\nV1 us 3',
      ['V1 ok 1..3 eu+us', 'V2 ok 2 eu after V1'],
    ],
    [
      'what failed never went live: it is nobody’s predecessor',
      'V1 - 1\nV2 - 2 !\nV3 - 3',
      ['V1 ok 1', 'V2 failed 2 after V1 rollout-failed', 'V3 ok 3 after V1'],
    ],
    [
      'what failed and is tried again the same way is one failure',
      'V1 - 1\nV2 - 2 !\nV2 - 3 !\nV2 - 4',
      ['V1 ok 1', 'V2 failed 2 after V1 rollout-failed', 'V2 ok 4 after V1'],
    ],
    [
      'going on with the version that never was replaced is no rollback',
      'V1 - 1\nV2 - 2 !\nV1 - 3',
      ['V1 ok 1', 'V2 failed 2 after V1 rollout-failed'],
    ],
    [
      'cancelled is undone, and not live',
      'V1 - 1\nV2 - 2 x\nV3 - 3',
      ['V1 ok 1', 'V2 undone 2 after V1 rollout-cancelled', 'V3 ok 3 after V1'],
    ],
    [
      'failed on one target of two: the roll-out failed, and it is live',
      'V1 eu 1\nV1 us 1\nV2 us 2 !\nV2 eu 3\nV3 eu 9\nV3 us 9',
      [
        'V1 ok 1 eu+us',
        'V2 failed 3 us+eu after V1 rollout-failed',
        'V3 ok 9 eu+us after V2',
      ],
    ],
    [
      'of one instant: by key',
      'V1 - 1\nV2 - 1\nV3 - 1',
      ['V1 ok 1', 'V2 ok 1 after V1', 'V3 ok 1 after V2'],
    ],
    [
      'unknown roll-outs are live: Git alone knows no better',
      'V1 - 1 ~?\nV2 - 2 ~?',
      ['V1 ok 1', 'V2 ok 2 after V1'],
    ],
    [
      'where a runtime source speaks, desired commits are no deployments',
      'V1 - 1 ~\nV1 - 2\nV2 - 3 ~\nV2 - 4\nV3 - 5 ~',
      ['V1 ok 2', 'V2 ok 4 after V1'],
    ],
    [
      'Git’s past stays where the runtime is covered from later on',
      'V1 - 1 ~?\nV2 - 2 ~?\nV3 - 99\nV4 - 100 ~?\nV4 - 101\nV5 - 102 ~?',
      [
        'V1 ok 1',
        'V2 ok 2 after V1',
        'V3 ok 99 after V2',
        'V4 ok 101 after V3',
      ],
    ],
    [
      'the commit that the first runtime deployment fulfilled is a part of it',
      'V1 - 1 ~?\nV2 - 2 ~?\nV2 - 99',
      ['V1 ok 1', 'V2 ok 99 after V1'],
    ],
    [
      'a runtime deployment may roll back to what Git alone tells of',
      'V1 - 1 ~?\nV2 - 90\nV1 - 91',
      [
        'V1 ok 1',
        'V2 failed 90 after V1 rolled-back',
        'V1 ok 91 after V2 restores 0 replaces 1',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(tell(read(text))).toEqual(expected);
  });

  it('does not depend on the order of what it is given', () => {
    const observations = read(
      'V1 eu 1\nV1 us 1\nV2 eu 2\nV3 eu 3\nV2 us 4\nV3 us 5\nV1 eu 6\nV4 us 6 !\nV1 us 7 ~',
    );
    const expected = deriveSequence({ observations });
    for (let turn = 1; turn < observations.length; turn += 1) {
      const turned = [
        ...observations.slice(turn),
        ...observations.slice(0, turn),
      ].reverse();
      expect(deriveSequence({ observations: turned })).toEqual(expected);
    }
  });

  it('a late arrival changes what follows it', () => {
    const late = read('V1 - 1\nV2 - 2\nV1 - 3');
    expect(tell([late[0], late[2]])).toEqual(['V1 ok 1']);
    expect(tell(late)).toHaveLength(3);
  });

  it('without the one in the middle the repeated version is none', () => {
    const [first, , last] = read('V1 - 1\nV2 - 2\nV1 - 3');
    expect(tell([first, last])).toEqual(['V1 ok 1']);
  });

  it('the order given by the source decides within one instant', () => {
    const [a, b] = read('V1 - 1\nV2 - 1');
    expect(
      tell([
        { ...a, order: 2 },
        { ...b, order: 1 },
      ]),
    ).toEqual(['V2 ok 1', 'V1 ok 1 after V2']);
  });

  it.each<[string, [string, number][], string[]]>([
    [
      'a clock that is ahead',
      [
        ['V1', 1],
        ['V2', 9],
        ['V3', 3],
      ],
      ['V1 ok 1', 'V2 ok 9 after V1', 'V3 ok 3 after V2'],
    ],
    [
      'a clock that is behind',
      [
        ['V1', 5],
        ['V2', 6],
        ['V3', 2],
      ],
      ['V1 ok 5', 'V2 ok 6 after V1', 'V3 ok 2 after V2'],
    ],
    [
      'a rollback with a clock behind what it takes back',
      [
        ['V1', 1],
        ['V2', 9],
        ['V1', 3],
      ],
      [
        'V1 ok 1',
        'V2 failed 9 after V1 rolled-back',
        'V1 ok 3 after V2 restores 0 replaces 1',
      ],
    ],
  ])('desired state follows the first parent: %s', (_, commits, expected) => {
    const observations = commits.map(([versionName, hour], order) => ({
      ...read('V - 0 ~?')[0],
      key: `c${commits.length - order}`,
      versionName,
      finishedAt: hour * HOUR,
      order,
    }));
    expect(tell(observations)).toEqual(expected);
    expect(tell([...observations].reverse())).toEqual(expected);
  });

  it('the order of one branch says nothing of another', () => {
    const on = (source: string, order: number, line: string) => ({
      ...read(line)[0],
      key: line,
      source,
      order,
    });
    expect(
      tell([
        on('git:a', 500, 'V1 - 1 ~'),
        on('git:b', 3, 'V2 - 2 ~'),
        on('git:a', 501, 'V3 - 3 ~'),
      ]),
    ).toEqual(['V1 ok 1', 'V2 ok 2 after V1', 'V3 ok 3 after V2']);
  });

  it('is quick with a long past', () => {
    const observations = Array.from({ length: 5000 }, (_, i) => ({
      ...read('V - 0')[0],
      key: `k${i}`,
      versionName: `1.${i % 4900}.0`,
      finishedAt: i * DAY,
    }));
    const began = performance.now();
    expect(deriveSequence({ observations })).toHaveLength(5000);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
