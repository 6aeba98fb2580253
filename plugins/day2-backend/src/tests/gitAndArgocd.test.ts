import { TestDatabases } from '@backstage/backend-test-utils';
import { Deployment } from '@day2/backstage-plugin-day2-common';
import type {
  DeploymentObservation,
  Observation,
} from '@day2/backstage-plugin-day2-node';
import { differences, dumpTables } from '../__testUtils__/dumpTables';
import {
  application,
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { shuffledWorld } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';
import { DeploymentReads } from '../deployments/DeploymentReads';
import { PersonReads } from '../persons/PersonReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const URL = 'https://git.tern.example/tern/gitops.git';
const PATH = 'apps/cart/production';
const minute = (n: number) => n * 60_000;
const iso = (n: number) => new Date(minute(n)).toISOString();
/** A commit of the GitOps repository, by its position. */
const manifest = (position: number) => shaOf(`gitops ${position}`);
/** A commit of the application, by its number. */
const code = (n: number) => shaOf(`code ${n}`);

function wants(
  position: number,
  at: number,
  version: number,
  target: string,
): DeploymentObservation {
  const path = `${PATH}/${target}`;
  return deployment({
    key: `${manifest(position)}:deployment:${path}`,
    versionName: `v${version}`,
    finishedAt: minute(at),
    order: position,
    target,
    rollout: 'unknown',
    image: { repository: 'ghcr.io/tern/cart', tag: `v${version}` },
    manifestRevision: { repository: 'gitops', sha: manifest(position) },
    applicationRevision: { sha: code(version), found: 'in the tag' },
    subject: {
      key: path,
      kind: 'application',
      traits: { repository: 'gitops', path, application: 'cart' },
    },
  });
}

function syncs(
  target: string,
  id: string,
  at: number,
  position: number,
  more: Partial<DeploymentObservation> = {},
): DeploymentObservation {
  const { versionName: _, ...said } = deployment({
    key: `${target}:${id}`,
    versionName: '',
    finishedAt: minute(at),
    startedAt: minute(at) - 10_000,
    target,
    basis: 'synced',
    manifestRevision: { repository: URL, sha: manifest(position) },
    subject: {
      key: target,
      kind: 'application',
      traits: {
        repositoryUrls: [URL],
        path: `${PATH}/${target}`,
        application: 'cart',
      },
    },
    ...more,
  });
  return said;
}

function healthy(target: string, id: string, at: number, position: number) {
  return {
    ...syncs(target, `${id}:healthy`, at, position),
    startedAt: undefined,
    basis: 'healthy' as const,
    version: Number.MAX_SAFE_INTEGER - minute(at),
  };
}

// Positions 3, 5, 8 and 9 are commits that concern other applications.
const git: Observation[] = [
  ...[1, 2, 3, 4, 5].map(n =>
    commit({
      sha: code(n),
      key: `${code(n)}:commit`,
      position: n,
      parents: n > 1 ? [code(n - 1)] : [],
      committedAt: minute(n * 10 - 9),
    }),
  ),
  change({
    key: `${code(5)}:change`,
    at: minute(41),
    repository: 'payments',
    sha: code(5),
    touches: [repositoryTouch('payments')],
  }),
  wants(1, 2, 1, 'eu-1'),
  wants(2, 3, 1, 'us-1'),
  wants(4, 30, 2, 'eu-1'),
  wants(6, 40, 3, 'eu-1'),
  wants(7, 50, 3, 'us-1'),
  wants(10, 60, 1, 'eu-1'),
  wants(11, 61, 1, 'us-1'),
];
const eu: Observation[] = [
  application({ key: 'app:eu-1' }),
  syncs('eu-1', '0', 4, 3),
  healthy('eu-1', '0', 5, 3),
  // 4 is passed over; 5 is the tip that fails, and is done again by hand.
  syncs('eu-1', 'op:1', 42, 6, { rollout: 'failed' }),
  syncs('eu-1', '1', 45, 6),
  syncs('eu-1', '2', 55, 9),
  syncs('eu-1', '3', 63, 11),
  healthy('eu-1', '3', 64, 11),
];
const us: Observation[] = [
  syncs('us-1', '0', 6, 2),
  syncs('us-1', '1', 52, 8),
  healthy('us-1', '1', 54, 8),
  syncs('us-1', '2', 65, 11),
  healthy('us-1', '2', 66, 11),
];

describe.each(databases.eachSupportedId())('Git and Argo CD on %s', id => {
  async function hubOf(): Promise<TestHub> {
    const hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 's1',
      ref: 'component:default/cart',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
    // As the revisions' look-up in the mirror leaves them.
    await hub.database('git_revision').insert(
      [2, 3, 6, 8, 9, 11].map(position => ({
        repository: URL,
        sha: manifest(position),
        mirror: 'gitops',
        position,
        committed_at: minute(position),
      })),
    );
    return hub;
  }

  async function table(hub: TestHub): Promise<unknown[]> {
    const rows = await hub
      .database('deployment')
      .orderBy(['started_at', 'finished_at']);
    return rows.map(row => {
      const { targets, stages, sources } = JSON.parse(row.record);
      return {
        is: `${row.version} ${row.rollout} ${row.basis} ${row.outcome}`,
        carried: row.carried_count,
        at: targets.map(
          (each: { name: string; finishedAt: number }) =>
            `${each.name} ${each.finishedAt / 60_000}`,
        ),
        stages: stages.map(
          (each: { name: string; at: number }) =>
            `${each.name} ${each.at / 60_000}`,
        ),
        skipped: sources
          .filter((each: { skipped?: boolean }) => each.skipped)
          .map(({ key }: { key: string }) => key.split(':')[0]),
      };
    });
  }

  const expected = [
    {
      is: 'v1 succeeded healthy ok',
      carried: 0,
      at: ['eu-1 5', 'us-1 6'],
      stages: ['commit 1', 'manifest 2', 'synced 6'],
      skipped: [],
    },
    {
      is: 'v3 failed synced failed',
      carried: 2,
      at: ['eu-1 42'],
      stages: ['commit 21'],
      skipped: [],
    },
    {
      is: 'v3 succeeded healthy failed',
      carried: 2,
      at: ['eu-1 45', 'us-1 54'],
      stages: ['commit 21', 'manifest 40', 'synced 52'],
      skipped: [manifest(4)],
    },
    {
      is: 'v1 succeeded healthy ok',
      carried: 0,
      at: ['eu-1 64', 'us-1 66'],
      stages: ['commit 1', 'manifest 60', 'synced 65', 'healthy 66'],
      skipped: [],
    },
  ];

  it.each([1, 2, 3])(
    'are one deployment each, in any order of arrival: seed %d',
    async seed => {
      const straight = await hubOf();
      await straight.observe('git:gitops', git);
      await straight.observe('argocd:eu', eu);
      await straight.observe('argocd:us', us);
      await straight.derive();
      expect(await table(straight)).toEqual(expected);

      const mixed = await hubOf();
      const said = shuffledWorld([...git, ...eu, ...us], seed);
      for (let at = 0; at < said.length; at += 5) {
        const piece = said.slice(at, at + 5);
        for (const [source, all] of [
          ['git:gitops', git],
          ['argocd:eu', eu],
          ['argocd:us', us],
        ] as const) {
          await mixed.observe(
            source,
            piece.filter(each => all.includes(each)),
          );
        }
        await mixed.derive();
      }
      expect(await table(mixed)).toEqual(expected);
      const without = [
        'source.cursor',
        'source.progress',
        'hub_state.value',
        'subject.match_due',
      ];
      expect(
        differences(
          await dumpTables(mixed.database, { without }),
          await dumpTables(straight.database, { without }),
        ),
      ).toEqual({});
    },
  );

  it('a sync that failed and asked for no other version is a line of its own, once, in any order', async () => {
    const failed = syncs('eu-1', 'op:2', 57, 9, {
      rollout: 'failed',
      title: 'one or more objects failed to apply',
    });
    const lines = async (said: Observation[][]) => {
      const hub = await hubOf();
      for (const each of said) {
        await hub.observe('git:gitops', git);
        await hub.observe('argocd:eu', each);
        await hub.derive();
      }
      const rows = await hub
        .database('timeline')
        .where({ kind: 'deployment' })
        .orderBy('at');
      const [running] = await hub
        .database('deployment')
        .where({ version: 'v3', rollout: 'succeeded' })
        .pluck('id');
      return rows
        .map(row => ({ ...row, entry: JSON.parse(row.entry) }))
        .filter(({ entry }) => entry.title.startsWith('Sync'))
        .map(({ at, record_id, entry: { title, detail, status } }) => [
          Number(at) / 60_000,
          record_id === running,
          title,
          detail,
          status,
        ]);
    };
    const line = [
      57,
      true,
      'Sync on eu-1 failed',
      'v3 stays · one or more objects failed to apply',
      'failed',
    ];
    expect(await lines([[...eu, failed]])).toEqual([line]);
    expect(await lines([[failed], eu, eu])).toEqual([line]);
    // Corrected by its source, and taken back.
    expect(
      await lines([
        [...eu, failed],
        [{ ...failed, version: 2, title: 'no space left' }],
      ]),
    ).toEqual([[...line.slice(0, 3), 'v3 stays · no space left', 'failed']]);
    expect(
      await lines([
        [...eu, failed],
        [{ kind: 'withdrawn', keyPrefix: 'eu-1:op:2', reason: 'gone' }],
      ]),
    ).toEqual([]);
  });

  it('a deployment tells the stages of its way, and what it carried', async () => {
    const hub = await hubOf();
    await hub.observe('git:gitops', git);
    await hub.observe('argocd:eu', eu);
    await hub.observe('argocd:us', us);
    await hub.derive();
    const [recordId] = await hub
      .database('deployment')
      .where({ version: 'v3', rollout: 'succeeded' })
      .pluck('id');
    const reads = DeploymentReads.create({
      database: hub.database,
      persons: PersonReads.create(hub),
    });
    const found = await reads.byId({ id: recordId, visible: { kind: 'all' } });
    expect(Deployment.parse(found?.deployment)).toMatchObject({
      stages: [
        { name: 'commit', at: iso(21), source: 'git:gitops' },
        { name: 'manifest', at: iso(40), source: 'git:gitops' },
        { name: 'synced', at: iso(52), source: 'argocd:us' },
      ],
      manifestRevision: { repository: 'gitops', sha: manifest(6) },
      sources: expect.arrayContaining([
        expect.objectContaining({
          key: `${manifest(4)}:deployment:${PATH}/eu-1`,
          skipped: true,
        }),
      ]),
    });
  });

  it('Argo CD added later takes the deployments over, under the ids they had', async () => {
    const hub = await hubOf();
    await hub.observe('git:gitops', git);
    await hub.derive();
    const before = await hub.database('deployment').pluck('id');
    await hub.observe('argocd:eu', eu);
    await hub.observe('argocd:us', us);
    await hub.derive();
    const after = await hub.database('deployment').pluck('id');
    const aliases = await hub.database('record_alias').pluck('alias');
    expect(
      before.filter(each => ![...after, ...aliases].includes(each)),
    ).toEqual([]);
    expect(after.filter(each => before.includes(each))).toHaveLength(3);

    // And gives them back.
    await hub.observe('argocd:eu', [
      { kind: 'withdrawn', keyPrefix: 'eu-1', reason: 'removed' },
    ]);
    await hub.observe('argocd:us', [
      { kind: 'withdrawn', keyPrefix: 'us-1', reason: 'removed' },
    ]);
    await hub.derive();
    expect((await hub.database('deployment').pluck('id')).sort()).toEqual(
      before.sort(),
    );
  });
});
