import type { Rollout } from './deployment';
import { deriveSequence } from './deriveSequence';
import type { SequenceObservation } from './sequenceObservation';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

const rollouts: Record<string, Rollout> = {
  '': 'succeeded',
  '!': 'failed',
  x: 'cancelled',
  '?': 'unknown',
};

/** `V1 eu 10` reads: version 1 on target eu at hour 10; `!` failed, `?` unknown, `x` cancelled, `~` desired. */
function read(text: string): SequenceObservation[] {
  return text
    .trim()
    .split('\n')
    .map((line, i): SequenceObservation => {
      const [version, target, hour, word = ''] = line.trim().split(/\s+/);
      return {
        source: word.includes('~') ? 'git' : 'argocd',
        key: `k${String(i).padStart(2, '0')}`,
        versionName: version,
        target: target === '-' ? undefined : target,
        finishedAt: Number(hour) * HOUR,
        basis: word.includes('~') ? 'desired' : 'synced',
        rollout: rollouts[word.replace('~', '')],
      };
    });
}

/** One line a deployment: version, outcome, finish, previous, what it restores. */
function tell(observations: SequenceObservation[]): string[] {
  const deployments = deriveSequence({ observations });
  return deployments.map(each =>
    [
      each.version,
      each.outcome,
      each.firstFinishedAt === each.finishedAt
        ? each.finishedAt / HOUR
        : `${each.firstFinishedAt / HOUR}..${each.finishedAt / HOUR}`,
      ...(each.targets.length > 0
        ? [each.targets.map(({ name }) => name).join('+')]
        : []),
      ...(each.previous === undefined
        ? []
        : [`after ${deployments[each.previous].version}`]),
      ...(each.rollback
        ? [
            `restores ${each.rollback.restores} replaces ${each.rollback.replaces}`,
          ]
        : []),
      ...each.outcomeReasons.map(({ code }) => code),
    ].join(' '),
  );
}

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

  it.each<[string, string, string[]]>([
    ['the last one', 'V1 - 1\nV2 - 2', ['V2  2']],
    ['what failed does not', 'V1 - 1\nV2 - 2 !', ['V1  1']],
    [
      'a target that was last reached long ago keeps what it has',
      `V0 us 0\n${Array.from({ length: 15 }, (_, i) => `V${i} eu ${i}`).join(
        '\n',
      )}`,
      ['V0 us 0', 'V14 eu 14'],
    ],
    [
      'a target that got the version later',
      'V1 eu 1\nV1 us 2\nV2 eu 3',
      ['V1 us 2', 'V2 eu 3'],
    ],
    [
      'Git’s word without a target goes where the runtime names some',
      'V1 - 1 ~?\nV2 eu 9',
      ['V2 eu 9'],
    ],
    [
      'Git’s targets go where the runtime names none',
      'V1 eu 1 ~?\nV1 us 1 ~?\nV2 - 9',
      ['V2  9'],
    ],
    [
      'Git’s targets stay where the runtime names others',
      'V1 eu 1 ~?\nV1 us 1 ~?\nV2 eu 9',
      ['V1 us 1', 'V2 eu 9'],
    ],
  ])('runs: %s', (_, text, expected) => {
    const running = deriveSequence({ observations: read(text) }).flatMap(each =>
      each.running.map(
        ({ target, since }) => `${each.version} ${target} ${since / HOUR}`,
      ),
    );
    expect(running).toEqual(expected);
  });

  it('of a clock that is ahead the later commit runs', () => {
    const [ahead, last] = read('V1 - 9 ~?\nV2 - 3 ~?').map((each, order) => ({
      ...each,
      order,
    }));
    const deployments = deriveSequence({ observations: [ahead, last] });
    expect(deployments.map(({ running }) => running.length)).toEqual([0, 1]);
  });

  it('is named by the earliest of its observations, desired ones too', () => {
    const [desired, live] = read('V1 - 1 ~\nV1 - 2');
    const [deployment] = deriveSequence({ observations: [live, desired] });
    expect(deployment.first).toEqual({ source: 'git', key: 'k00' });
    expect(deployment.basis).toBe('synced');
    expect(deployment.sources.map(({ source }) => source)).toEqual([
      'argocd',
      'git',
    ]);
  });

  it('never merges a desired commit across another version', () => {
    // The second V1 was asked for at 10; the first ran at 2, V2 at 5.
    const observations = read('V1 - 2\nV2 - 5\nV1 - 10 ~');
    const deployments = deriveSequence({ observations });
    expect(deployments.flatMap(({ sources }) => sources)).toHaveLength(2);
  });

  it('merges by the manifest’s revision whatever the version is called', () => {
    const [desired, live] = read('1.2.0 - 1 ~\nsha256:abc - 2');
    const manifestRevision = { repository: 'gitops', sha: 'f'.repeat(40) };
    const [deployment] = deriveSequence({
      observations: [
        { ...desired, manifestRevision, title: 'Bump' },
        { ...live, manifestRevision },
      ],
    });
    expect(deployment.sources).toHaveLength(2);
    expect(deployment.title).toBe('Bump');
  });

  it('a tag pushed again with another digest is another version', () => {
    const [a, b] = read('latest - 1\nlatest - 2');
    expect(
      tell([
        { ...a, image: { digest: 'sha256:a' } },
        { ...b, image: { digest: 'sha256:b' } },
      ]),
    ).toEqual(['latest ok 1', 'latest ok 2 after latest']);
  });

  it('two sources seeing one roll-out: the better basis tells the finish', () => {
    const [synced, healthy] = read('V1 eu 1\nV1 eu 2');
    const [deployment, ...more] = deriveSequence({
      observations: [synced, { ...healthy, source: 'flux', basis: 'healthy' }],
    });
    expect(more).toEqual([]);
    expect(deployment).toMatchObject({
      finishedAt: 2 * HOUR,
      basis: 'healthy',
    });
  });

  it('two images of one service have lines of their own', () => {
    const observations = read('1 - 1\n7 - 1\n2 - 2\n8 - 3\n1 - 4').map(
      (each, i) => ({
        ...each,
        image: { repository: `ghcr.io/tern/${i % 2 === 0 ? 'api' : 'worker'}` },
      }),
    );
    expect(tell(observations)).toEqual([
      '1 ok 1',
      '7 ok 1',
      '2 failed 2 after 1 rolled-back',
      '8 ok 3 after 7',
      '1 ok 4 after 2 restores 0 replaces 2',
    ]);
  });

  it.each<[string, string[], string[]]>([
    [
      'goes on with the line of its version',
      ['1 api', '7 worker', '2 api', '3 api', '8 worker', '7 -'],
      [
        '1 ok 0',
        '7 ok 1',
        '2 ok 2 after 1',
        '3 ok 3 after 2',
        '8 failed 4 after 7 rolled-back',
        '7 ok 5 after 8 restores 1 replaces 4',
      ],
    ],
    [
      'goes on with the main line where nobody knows its version',
      ['1 api', '7 worker', '2 api', '3 -'],
      ['1 ok 0', '7 ok 1', '2 ok 2 after 1', '3 ok 3 after 2'],
    ],
  ])('what names no image %s', (_, lines, expected) => {
    const observations = lines.map((line, hour) => {
      const [version, image] = line.split(' ');
      return {
        ...read(`${version} - ${hour}`)[0],
        key: `k${hour}`,
        image: image === '-' ? undefined : { repository: `tern/${image}` },
      };
    });
    expect(tell(observations)).toEqual(expected);
    expect(tell([...observations].reverse())).toEqual(expected);
  });

  it('a runtime source of one image covers none of the other', () => {
    const of = (image: string, line: string) => ({
      ...read(line)[0],
      key: line,
      image: { repository: `tern/${image}` },
    });
    expect(
      tell([
        of('api', '1 - 1 ~?'),
        of('api', '2 - 2'),
        of('api', '3 - 3 ~?'),
        of('worker', '7 - 4 ~?'),
      ]),
    ).toEqual(['1 ok 1', '2 ok 2 after 1', '7 ok 4']);
  });

  it('says why work was unplanned', () => {
    const [first, second, third] = read('V1 - 1\nV2 - 2\nV1 - 3');
    const [, hotfix, rollback] = deriveSequence({
      observations: [first, { ...second, marks: ['hotfix'] }, third],
    });
    expect(hotfix.unplannedReasons.map(({ code }) => code)).toEqual(['hotfix']);
    expect(rollback).toMatchObject({
      unplanned: true,
      unplannedReasons: [
        { code: 'rollback', text: 'It puts V1 back in place of V2' },
      ],
    });
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
