import { HOUR, read, tell } from '../__testUtils__/sequenceText';
import { deriveSequence } from './deriveSequence';

/** What runs, which source is believed, what belongs together. */
describe('deriveSequence of several sources, targets and images', () => {
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
});
