import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { PersonReads } from '../persons/PersonReads';
import { CarriedCommitReads } from './CarriedCommitReads';
import { DeploymentReads } from './DeploymentReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const APP = 'git:payments';
const MINUTE = 60_000;

// 1 - 2 - 3 - 4 - 5, and x beside them from 2 on, merged by m, which 6 follows.
const parents = new Map([
  ['1', []],
  ['2', ['1']],
  ['3', ['2']],
  ['4', ['3']],
  ['5', ['4']],
  ['x', ['2']],
  ['m', ['5', 'x']],
  ['6', ['m']],
]);
const names = [...parents.keys()];
const shas = new Map(
  names.map((name, i) => [name, `${i + 1}`.repeat(7).padEnd(40, 'a')]),
);
const nameOf = new Map([...shas].map(([name, sha]) => [sha, name]));
const graph = names.map((name, i) =>
  commit({
    sha: shas.get(name)!,
    position: i,
    parents: parents.get(name)!.map(parent => shas.get(parent)!),
    // 1 at minute 0, 2 at minute 1 and so on.
    committedAt: i * MINUTE,
  }),
);
const repository = change({
  key: 'repository',
  at: 1,
  repository: 'payments',
  sha: shaOf('r'),
  touches: [repositoryTouch('payments')],
});

/** The commit deployed at a minute; `word` tells how the roll-out went. */
function deployed(
  name: string,
  minute: number,
  more: Partial<DeploymentObservation> = {},
): DeploymentObservation {
  const sha = shas.get(name)?.slice(0, 8);
  return deployment({
    key: `${name}@${minute}${more.target ?? ''}${more.image?.repository ?? ''}`,
    versionName: `v${name}`,
    applicationRevision: sha === undefined ? undefined : { sha, found: 'Told' },
    finishedAt: minute * MINUTE,
    basis: 'synced',
    ...more,
  });
}

describe.each(databases.eachSupportedId())('lead time on %s', id => {
  let hub: TestHub;
  let deployments: DeploymentReads;
  let commits: CarriedCommitReads;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
    const options = {
      database: hub.database,
      persons: PersonReads.create({ database: hub.database }),
    };
    deployments = DeploymentReads.create(options);
    commits = CarriedCommitReads.create(options);
    await hub.observe(APP, [repository, ...graph]);
  });

  /** One line a deployment, in order: each commit with minutes, or why it has none. */
  async function tell(): Promise<string[]> {
    await hub.derive();
    const { items } = await deployments.list({
      serviceId: 'a',
      environment: 'production',
      range: { from: 0, to: 1e15 },
      limit: 100,
    });
    const lines: string[] = [];
    for (const each of items.reverse()) {
      const found = await commits.of({ deployment: each, serviceId: 'a' });
      lines.push(
        [
          `${each.version}:`,
          ...found.commits
            .reverse()
            .map(
              ({ sha, leadSeconds, leadReason }) =>
                `${nameOf.get(sha)}=${
                  leadSeconds === undefined
                    ? leadReason?.code
                    : leadSeconds / 60
                }`,
            ),
        ].join(' '),
      );
    }
    return lines;
  }

  /** What counts, whether it is shown with the deployment or not: `deployment commit`. */
  async function counted(): Promise<string[]> {
    await hub.derive();
    const rows = await hub
      .database('deployment_commit')
      .join('deployment', 'deployment.id', 'deployment_commit.deployment_id')
      .where('deployment_commit.first', true)
      .select('deployment.version', 'deployment_commit.sha');
    return rows.map(row => `${row.version} ${nameOf.get(row.sha)}`).sort();
  }

  it.each<[string, DeploymentObservation[], string[]]>([
    [
      'each commit with the deployment that brought it',
      [deployed('1', 10), deployed('3', 20), deployed('4', 30)],
      // 2 was made at minute 1, 3 at minute 2, 4 at minute 3.
      ['v1:', 'v3: 2=19 3=18', 'v4: 4=27'],
    ],
    [
      'after a rollback, what had been there does not count again',
      [
        deployed('1', 10),
        deployed('3', 20),
        deployed('1', 25),
        deployed('4', 30),
      ],
      [
        'v1:',
        'v3: 2=19 3=18',
        'v1:',
        'v4: 2=reached-before 3=reached-before 4=27',
      ],
    ],
    [
      'rolled back and rolled out again',
      [
        deployed('1', 10),
        deployed('2', 20),
        deployed('1', 25),
        deployed('2', 30),
        deployed('3', 40),
      ],
      ['v1:', 'v2: 2=19', 'v1:', 'v2:', 'v3: 3=38'],
    ],
    [
      'a roll-out that failed brings nothing; the next brings all',
      [
        deployed('1', 10),
        deployed('2', 20, { rollout: 'failed' }),
        deployed('3', 30),
      ],
      ['v1:', 'v2: 2=rollout-failed', 'v3: 2=29 3=28'],
    ],
    [
      'older than what was there first: that had been there',
      [deployed('4', 10), deployed('2', 20), deployed('5', 30)],
      ['v4:', 'v2:', 'v5: 3=reached-before 4=reached-before 5=26'],
    ],
    [
      'a branch beside it, later merged',
      [
        deployed('2', 10),
        deployed('x', 20),
        deployed('4', 30),
        deployed('6', 40),
      ],
      // x at minute 5; 3 and 4 at 2 and 3; 5 at 4, m a merge, 6 at 7.
      [
        'v2:',
        'vx: x=15',
        'v4: 3=28 4=27',
        'v6: x=reached-before 5=36 m=merge 6=33',
      ],
    ],
    [
      'several targets: with the last of them, once',
      [
        deployed('1', 10, { target: 'eu' }),
        deployed('1', 10, { target: 'us' }),
        deployed('2', 20, { target: 'eu' }),
        deployed('3', 22, { target: 'eu' }),
        deployed('2', 24, { target: 'us' }),
        deployed('3', 26, { target: 'us' }),
      ],
      ['v1:', 'v2: 2=23', 'v3: 3=24'],
    ],
    [
      'one target rolled back alone and forward again',
      [
        deployed('1', 10, { target: 'eu' }),
        deployed('1', 10, { target: 'us' }),
        deployed('2', 20, { target: 'eu' }),
        deployed('2', 21, { target: 'us' }),
        deployed('1', 22, { target: 'us' }),
        deployed('3', 30, { target: 'eu' }),
        deployed('3', 31, { target: 'us' }),
      ],
      ['v1:', 'v2: 2=20', 'v1:', 'v3: 2=reached-before 3=29'],
    ],
    [
      'after one whose commit is not known, what it brought is not known',
      [
        deployed('1', 10),
        deployed('?', 20),
        deployed('3', 30),
        deployed('1', 35),
        deployed('4', 40),
      ],
      [
        'v1:',
        'v?:',
        'v3:',
        'v1:',
        'v4: 2=reached-before 3=reached-before 4=37',
      ],
    ],
    [
      'two images of one service: with the first of them',
      [
        deployed('1', 10, { image: { repository: 'tern/api' } }),
        deployed('1', 11, { image: { repository: 'tern/worker' } }),
        deployed('2', 20, { image: { repository: 'tern/api' } }),
        deployed('3', 30, { image: { repository: 'tern/worker' } }),
      ],
      ['v1:', 'v1:', 'v2: 2=19', 'v3: 2=reached-before 3=28'],
    ],
    [
      'made after it was deployed: a clock is wrong',
      [deployed('1', 0), deployed('5', 3)],
      ['v1:', 'v5: 2=2 3=1 4=0 5=negative'],
    ],
  ])('%s', async (_, observations, expected) => {
    await hub.observe('argocd:eu', observations);
    expect(await tell()).toEqual(expected);
  });

  it('a late deployment takes what it brought first', async () => {
    await hub.observe('argocd:eu', [deployed('1', 10), deployed('4', 40)]);
    expect(await tell()).toEqual(['v1:', 'v4: 2=39 3=38 4=37']);
    await hub.observe('argocd:eu', [deployed('3', 20), deployed('1', 30)]);
    expect(await tell()).toEqual([
      'v1:',
      'v3: 2=19 3=18',
      'v1:',
      'v4: 2=reached-before 3=reached-before 4=37',
    ]);
    await hub.observe('argocd:eu', [
      { kind: 'withdrawn', keyPrefix: '3@20', reason: 'gone' },
    ]);
    expect(await tell()).toEqual(['v1:', 'v4: 2=39 3=38 4=37']);
  });

  it('says with which version it was there before', async () => {
    await hub.observe('argocd:eu', [
      deployed('1', 10),
      deployed('2', 20),
      deployed('1', 25),
      deployed('3', 30),
    ]);
    await hub.derive();
    const { items } = await deployments.list({
      serviceId: 'a',
      range: { from: 0, to: 1e15 },
      limit: 1,
    });
    const found = await commits.of({ deployment: items[0], serviceId: 'a' });
    expect(found.commits.map(({ leadReason }) => leadReason?.text)).toEqual([
      'Its roll-out succeeded',
      'It was there before, with v2, and counts with that',
    ]);
  });

  it('counts with the one after it what ran, but is no deployment of D', async () => {
    // v2 failed on us and runs on eu: v3 follows it, and counts for both.
    await hub.observe('argocd:eu', [
      deployed('1', 10, { target: 'eu' }),
      deployed('1', 10, { target: 'us' }),
      deployed('2', 20, { target: 'us', rollout: 'failed' }),
      deployed('2', 21, { target: 'eu' }),
      deployed('3', 30, { target: 'eu' }),
      deployed('3', 31, { target: 'us' }),
    ]);
    expect(await tell()).toEqual(['v1:', 'v2: 2=rollout-failed', 'v3: 3=29']);
    expect(await counted()).toEqual(['v3 2', 'v3 3']);
    // The deployment that carried it is the one that did.
    const rows = await hub.database('deployment').where({ version: 'v3' });
    expect(rows).toMatchObject([{ carried_count: 1 }]);
  });

  it('while the history is known in part, says so and counts nothing', async () => {
    await hub
      .database('git_commit')
      .where({ sha: shas.get('3') })
      .delete();
    await hub.observe('argocd:eu', [deployed('1', 10), deployed('5', 30)]);
    expect(await tell()).toEqual([
      'v1:',
      'v5: 4=reach-unknown 5=reach-unknown',
    ]);
    expect(await counted()).toEqual([]);
  });

  it('each environment by itself', async () => {
    await hub.observe('argocd:eu', [
      deployed('1', 1, { environment: 'staging', key: 's1' }),
      deployed('2', 2, { environment: 'staging', key: 's2' }),
      deployed('1', 10),
      deployed('2', 20),
    ]);
    expect(await tell()).toEqual(['v1:', 'v2: 2=19']);
    expect(await counted()).toEqual(['v2 2', 'v2 2']);
  });

  it('what follows from the same as before is not found anew', async () => {
    await hub.observe('argocd:eu', [
      deployed('1', 10),
      deployed('2', 20),
      deployed('1', 25),
      deployed('4', 30),
    ]);
    const before = await tell();
    await hub.database('deployment_commit').update({ first: false });
    await hub
      .database('dirty_sequence')
      .insert({ service_id: 'a', environment: 'production', since: 0 });
    await hub.derive();
    expect(await counted()).toEqual([]);
    expect(before).toHaveLength(4);
  });
});
