import {
  HOUR,
  PATH,
  minute,
  sha,
  wants,
  syncs,
  healthy,
  derive,
  table,
} from './__testUtils__/synced';
import type { SourceObservation } from './sequenceObservation';

const start = [wants(1, 0, 'v1'), syncs(0, 2, 1), healthy(0, 3, 1)];

describe('syncs and what Git asked for', () => {
  it.each<[string, SourceObservation[], string[]]>([
    [
      'a sync of a later, unrelated commit has the version of before it',
      [...start, wants(5, 60, 'v2'), syncs(1, 63, 7)],
      ['v1 succeeded healthy 3 1', 'v2 succeeded synced 63 5'],
    ],
    [
      'a sync that changes no version is no deployment',
      [...start, syncs(1, 30, 3), healthy(1, 31, 3)],
      ['v1 succeeded healthy 3 1'],
    ],
    [
      'several commits between two syncs are one deployment, those passed over none',
      [
        ...start,
        wants(4, 60, 'v2'),
        wants(5, 61, 'v3'),
        wants(6, 62, 'v4'),
        syncs(1, 64, 6),
      ],
      ['v1 succeeded healthy 3 1', 'v4 succeeded synced 64 ~4,~5,6'],
    ],
    [
      'what was asked for and taken back between two syncs is none',
      [...start, wants(4, 60, 'v2'), wants(5, 61, 'v1'), syncs(1, 64, 6)],
      ['v1 succeeded healthy 3 1,5'],
    ],
    [
      'health tells the finish, also where the next one was synced before it',
      [
        ...start,
        wants(4, 60, 'v2'),
        syncs(1, 62, 4),
        wants(5, 63, 'v3'),
        syncs(2, 64, 5),
        healthy(1, 65, 4),
        healthy(2, 66, 5),
      ],
      [
        'v1 succeeded healthy 3 1',
        'v2 succeeded healthy 65 4',
        'v3 succeeded healthy 66 5',
      ],
    ],
    [
      'a failed sync is a failed roll-out; done again, it is the deployment',
      [
        ...start,
        wants(4, 60, 'v2'),
        syncs('op:1', 62, 4, { rollout: 'failed' }),
        syncs(1, 70, 4),
      ],
      [
        'v1 succeeded healthy 3 1',
        'v2 failed synced 62 ',
        'v2 succeeded synced 70 4',
      ],
    ],
    [
      'a failed sync that nobody did again has what it wanted',
      [
        ...start,
        wants(4, 60, 'v2'),
        syncs('op:1', 62, 4, { rollout: 'failed' }),
        wants(5, 80, 'v3'),
        syncs(1, 82, 5),
      ],
      [
        'v1 succeeded healthy 3 1',
        'v2 failed synced 62 4',
        'v3 succeeded synced 82 5',
      ],
    ],
    [
      'a rollback in Git is one',
      [
        ...start,
        wants(4, 60, 'v2'),
        syncs(1, 62, 4),
        wants(5, 90, 'v1'),
        syncs(2, 92, 5),
      ],
      [
        'v1 succeeded healthy 3 1',
        'v2 succeeded synced 62 4',
        'v1 succeeded synced 92 5',
      ],
    ],
    [
      'so is an older revision that is synced again',
      [...start, wants(4, 60, 'v2'), syncs(1, 62, 4), syncs(2, 92, 1)],
      [
        'v1 succeeded healthy 3 1',
        'v2 succeeded synced 62 4',
        'v1 succeeded synced 92 ',
      ],
    ],
    [
      'Git’s past stays before the first sync that is known (ADR 4)',
      [
        wants(1, 0, 'v1'),
        wants(2, 100, 'v2'),
        wants(3, 200, 'v3'),
        syncs(40, 203, 4),
        wants(5, 300, 'v4'),
        syncs(41, 302, 5),
      ],
      [
        'v1 unknown desired 0 1',
        'v2 unknown desired 100 2',
        'v3 succeeded synced 203 3',
        'v4 succeeded synced 302 5',
      ],
    ],
    [
      'what the first sync known found there is of when Git asked for it',
      [
        wants(1, 0, 'v1'),
        wants(2, 100, 'v2'),
        syncs(40, 100 + 72 * HOUR, 9),
        healthy(40, 101 + 72 * HOUR, 9),
        wants(10, 200 + 72 * HOUR, 'v3'),
        syncs(41, 202 + 72 * HOUR, 10),
      ],
      [
        'v1 unknown desired 0 1',
        'v2 succeeded desired 100 2',
        'v3 succeeded synced 4522 10',
      ],
    ],
    [
      'of that very commit it is of when it was synced, however late',
      [wants(1, 0, 'v1'), wants(2, 100, 'v2'), syncs(40, 100 + 72 * HOUR, 2)],
      ['v1 unknown desired 0 1', 'v2 succeeded synced 4420 2'],
    ],
    [
      'a first sync that failed is of when it failed, and Git’s word is no deployment',
      [
        wants(1, 0, 'v1'),
        wants(2, 100, 'v2'),
        syncs('op:1', 100 + 72 * HOUR, 9, { rollout: 'failed' }),
      ],
      ['v1 unknown desired 0 1', 'v2 failed synced 4420 2'],
    ],
    [
      'a first sync that puts back what was leaves the past as it was',
      [wants(1, 0, 'v1'), wants(2, 100, 'v2'), syncs(40, 203, 1)],
      [
        'v1 unknown desired 0 1',
        'v2 unknown desired 100 2',
        'v1 succeeded synced 203 ',
      ],
    ],
  ])('%s', (_, observations, expected) => {
    expect(table(derive(observations))).toEqual(expected);
  });

  it('a rollback judges what it replaced', () => {
    const derived = derive([
      ...start,
      wants(4, 60, 'v2'),
      syncs(1, 62, 4),
      wants(5, 90, 'v1'),
      syncs(2, 92, 5),
    ]);
    expect(derived[1].outcome).toBe('failed');
    expect(derived[2].rollback).toEqual({ restores: 0, replaces: 1 });
  });

  it('a target that Git did not name goes back by a rollback, also with the first sync known', () => {
    const onEu = { app: 'cart', target: 'eu-1' };
    const derived = derive([
      wants(1, 0, 'v1'),
      wants(2, 100, 'v2'),
      wants(3, 130, 'v1'),
      syncs(40, 133, 3, onEu),
      wants(4, 200, 'v3'),
      syncs(41, 202, 4, onEu),
    ]);
    expect(table(derived)).toEqual([
      'v1 unknown desired 0 1',
      'v2 unknown desired 100 2',
      'v1 succeeded synced 133 3',
      'v3 succeeded synced 202 4',
    ]);
    expect(derived[1].outcome).toBe('failed');
    expect(derived[2].rollback).toEqual({ restores: 0, replaces: 1 });
  });

  it.each([
    ['never synced', []],
    ['synced in vain', [syncs(1, 93, 5)]],
  ])(
    'a version that is put back as it was %s leaves no mark on what ran on',
    (_, again) => {
      const [before, after] = derive([
        ...start,
        wants(4, 60, 'v2'),
        wants(5, 90, 'v1', { marks: ['revert', 'rollback'] }),
        ...again,
        wants(6, 120, 'v3', { marks: ['hotfix'] }),
        syncs(2, 122, 6),
      ]);
      expect(before.unplannedReasons).toEqual([]);
      expect(after.unplannedReasons).toMatchObject([{ code: 'hotfix' }]);
    },
  );

  it('one version on two targets of two instances is one deployment', () => {
    const eu = { path: `${PATH}/eu-1`, target: 'eu-1' };
    const us = { path: `${PATH}/us-1`, target: 'us-1' };
    const of = (path: string, target: string, instance: string) => ({
      source: `argocd:${instance}`,
      app: `cart-${target}`,
      target,
      about: { subject: `${instance} ${target}`, path, application: 'cart' },
    });
    const onEu = of(eu.path, 'eu-1', 'eu');
    const onUs = of(us.path, 'us-1', 'us');
    const derived = derive([
      wants(1, 0, 'v1', eu),
      wants(2, 1, 'v1', us),
      syncs(0, 3, 2, onEu),
      syncs(0, 4, 2, onUs),
      wants(3, 60, 'v2', eu),
      // Both sync the tip, which asks for v2 in one of them alone.
      syncs(1, 62, 3, onEu),
      healthy(1, 63, 3, onEu),
      syncs(1, 64, 3, onUs),
      wants(5, 70, 'v2', us),
      syncs(2, 72, 6, onUs),
      healthy(2, 75, 6, onUs),
    ]);
    expect(table(derived)).toEqual([
      'v1 succeeded synced 4 1,2',
      'v2 succeeded healthy 75 3,5',
    ]);
    expect(derived[1]).toMatchObject({
      firstFinishedAt: minute(63),
      targets: [
        { name: 'eu-1', finishedAt: minute(63) },
        { name: 'us-1', finishedAt: minute(75) },
      ],
      stages: [
        { name: 'manifest', at: minute(60), source: 'git:gitops' },
        { name: 'synced', at: minute(72), source: 'argocd:us' },
        { name: 'healthy', at: minute(75), source: 'argocd:us' },
      ],
      manifestRevision: { repository: 'gitops', sha: sha(3) },
      applicationRevision: { sha: 'v2aaaaa' },
    });
  });

  it('a target whose syncs are told from later on has what Git says until then', () => {
    const of = (target: string) => ({
      app: target,
      target,
      about: { subject: target, path: `${PATH}/${target}` },
    });
    const eu = { path: `${PATH}/eu-1`, target: 'eu-1' };
    const us = { path: `${PATH}/us-1`, target: 'us-1' };
    const derived = derive([
      wants(1, 0, 'v1', eu),
      wants(2, 1, 'v1', us),
      wants(3, 60, 'v2', eu),
      syncs(7, 62, 3, of('eu-1')),
      wants(4, 70, 'v2', us),
      wants(5, 80, 'v3', us),
      syncs(9, 82, 5, of('us-1')),
    ]);
    expect(
      derived.map(({ version, rollout, targets }) => [
        `${version} ${rollout}`,
        ...targets.map(each => `${each.name} ${each.finishedAt / 60_000}`),
      ]),
    ).toEqual([
      ['v1 unknown', 'eu-1 0', 'us-1 1'],
      ['v2 succeeded', 'eu-1 62', 'us-1 70'],
      ['v3 succeeded', 'us-1 82'],
    ]);
  });

  it('of several images each has its own deployments, and ids', () => {
    const web = { path: `${PATH}/web`, name: 'web' };
    const job = { path: `${PATH}/job`, name: 'job' };
    const derived = derive([
      wants(1, 0, 'w1', web),
      wants(1, 0, 'j1', job),
      syncs(0, 2, 1),
      wants(3, 60, 'w2', web),
      syncs(1, 62, 4),
      wants(5, 70, 'w3', web),
      wants(5, 70, 'j2', job),
      syncs(2, 72, 5),
      // Both are put back by one sync, which nothing in Git asked for.
      syncs(3, 90, 1),
    ]);
    expect(derived.map(each => `${each.line} ${each.version}`).sort()).toEqual([
      'job j1',
      'job j1',
      'job j2',
      'web w1',
      'web w1',
      'web w2',
      'web w3',
    ]);
    expect(
      new Set(derived.map(({ first }) => JSON.stringify(first))).size,
    ).toBe(7);
  });

  it('two applications of one target have each the images that they run', () => {
    const of = (name: string) => ({
      app: name,
      about: {
        subject: name,
        application: `tern-${name}`,
        images: [`ghcr.io/tern/${name}`],
      },
    });
    const derived = derive([
      wants(1, 0, 'w1', { name: 'web' }),
      wants(1, 0, 'j1', { name: 'job' }),
      syncs(0, 2, 1, of('web')),
      syncs(0, 5, 1, of('job')),
    ]);
    expect(table(derived)).toEqual([
      'w1 succeeded synced 2 1',
      'j1 succeeded synced 5 1',
    ]);
  });
});
