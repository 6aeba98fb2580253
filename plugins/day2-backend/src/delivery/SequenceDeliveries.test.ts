import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
} from '../__testUtils__/observations';
import { cellFromRow } from '../__testUtils__/cellFromRow';
import { TestHub } from '../__testUtils__/testHub';
import { deliveryFromRow, type DeliveryRow } from './deliveryRow';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const APP = 'git:payments';
const HOUR = 3600_000;
const START = Date.parse('2026-10-01T00:00:00Z');
const sha = (n: number) => `${n}`.repeat(8).padEnd(40, '0');

/** Commit n of a line, committed at hour n. */
function committed(n: number, reverts?: number) {
  const at = START + n * HOUR;
  return [
    commit({
      sha: sha(n),
      key: `${n}:commit`,
      position: n,
      parents: n > 1 ? [sha(n - 1)] : [],
      committedAt: at,
    }),
    change({
      key: `${n}:change`,
      at,
      repository: 'payments',
      sha: sha(n),
      touches: [repositoryTouch('payments')],
      ...(reverts === undefined ? {} : { reverts: sha(reverts).slice(0, 9) }),
    }),
  ];
}

/** Commit n deployed at an hour. */
function deployed(
  n: number,
  hour: number,
  more: Partial<DeploymentObservation> = {},
): DeploymentObservation {
  return deployment({
    key: `d${hour}`,
    versionName: `v${n}`,
    applicationRevision: { sha: sha(n).slice(0, 8), found: 'Told' },
    finishedAt: START + hour * HOUR,
    basis: 'synced',
    ...more,
  });
}

describe.each(databases.eachSupportedId())('deliveries on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
  });

  /** By version and hour: leads and recovery in hours, what it is. */
  async function told(): Promise<string[]> {
    const rows: (DeliveryRow & { version: string })[] = await hub
      .database('delivery')
      .join('deployment', 'deployment.id', 'delivery.deployment_id')
      .orderBy('delivery.finished_at')
      .select('delivery.*', 'deployment.version');
    return rows.map(row => {
      const each = deliveryFromRow(row);
      const hours = each.lead.commits.map(({ seconds }) => seconds / 3600);
      const { recovery } = each;
      return [
        `${row.version}@${(each.finishedAt - START) / HOUR}`,
        ...(hours.length > 0 ? [`lead ${hours.join()}`] : []),
        ...(each.isFailed
          ? [`failed ${each.reasons.failed.map(({ code }) => code).join()}`]
          : []),
        ...(each.isRework ? ['rework'] : []),
        ...(recovery
          ? [`${recovery.how} ${(recovery.seconds ?? NaN) / 3600}`]
          : []),
      ].join(', ');
    });
  }

  async function cells() {
    const rows = await hub.database('delivery_cell').orderBy('day');
    return rows.map(row => {
      const { counts, leadSeconds, recoverySeconds } = cellFromRow(row);
      return {
        day: row.day - START / (24 * HOUR),
        deployments: counts.deployments,
        failed: counts.failed,
        lead: [...leadSeconds].map(seconds => seconds / 3600),
        recovery: [...recoverySeconds].map(seconds => seconds / 3600),
      };
    });
  }

  it('are what the definitions say, and a rollback makes the day dirty on which it failed', async () => {
    await hub.observe(
      APP,
      [1, 2, 3].flatMap(n => committed(n)),
    );
    await hub.observe(APP, [deployed(1, 4), deployed(2, 10), deployed(3, 20)]);
    await hub.derive();
    expect(await told()).toEqual(['v1@4', 'v2@10, lead 8', 'v3@20, lead 17']);
    expect(await cells()).toMatchObject([
      { day: 0, deployments: 3, failed: 0, lead: [8, 17], recovery: [] },
    ]);

    await hub.observe(APP, [deployed(2, 30)]);
    await hub.derive();
    expect(await told()).toEqual([
      'v1@4',
      'v2@10, lead 8',
      'v3@20, lead 17, failed rolled-back, rollback 10',
      'v2@30, rework',
    ]);
    expect(await cells()).toMatchObject([
      { day: 0, deployments: 3, failed: 1, recovery: [10] },
      { day: 1, deployments: 1, failed: 0, recovery: [] },
    ]);

    // Withdrawn, the failure never was, and its own day has no cell any more.
    await hub.observe(APP, [
      { kind: 'withdrawn', keyPrefix: 'd30', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await told()).toEqual(['v1@4', 'v2@10, lead 8', 'v3@20, lead 17']);
    expect(await cells()).toMatchObject([{ day: 0, failed: 0, recovery: [] }]);
    expect(await hub.database('dirty_delivery_cell')).toEqual([]);
  });

  it('count one sync of two images once, whatever is learnt of either', async () => {
    await hub.observe(
      APP,
      [1, 2, 3].flatMap(n => committed(n)),
    );
    const images = ['api', 'job'];
    const asked = (n: number, hour: number, of = images) =>
      of.map(image =>
        deployed(n, hour, {
          key: `${n}:${image}`,
          image: { repository: `tern/${image}`, tag: `v${n}` },
          basis: 'desired',
          rollout: 'unknown',
          order: hour,
          manifestRevision: { repository: 'gitops', sha: sha(hour) },
        }),
      );
    const synced = (hour: number, at: number) =>
      deployment({
        key: `sync${hour}`,
        finishedAt: START + at * HOUR,
        basis: 'synced',
        manifestRevision: { repository: 'gitops', sha: sha(hour) },
        ...({ versionName: undefined } as { versionName: never }),
      });
    await hub.observe(APP, [
      ...asked(1, 4),
      ...asked(2, 6),
      synced(4, 4),
      synced(6, 8),
    ]);
    await hub.derive();
    const both = await hub.database('deployment').orderBy('finished_at');
    expect(both.map(({ version }) => version)).toEqual([
      'v1',
      'v1',
      'v2',
      'v2',
    ]);
    expect(await told()).toEqual(['v1@4', 'v2@8, lead 6']);
    expect(await cells()).toMatchObject([
      { day: 0, deployments: 2, failed: 0, lead: [6], recovery: [] },
    ]);
    const [, { reasons }] = await hub
      .database('delivery')
      .orderBy('finished_at');
    expect(JSON.parse(reasons).deployment).toMatchObject([
      { code: 'rollout-succeeded' },
      {
        code: 'several-images',
        text: 'api v2 is counted once with job v2: one event asked for all',
      },
    ]);

    // One of them goes back: it failed, once.
    await hub.observe(APP, [
      ...asked(1, 9, ['job']).map(each => ({ ...each, key: 'back:job' })),
      synced(9, 9),
    ]);
    await hub.derive();
    expect(await told()).toEqual([
      'v1@4',
      'v2@8, lead 6, failed rolled-back, rollback 1',
      'v1@9, rework',
    ]);
    expect(await cells()).toMatchObject([
      { day: 0, deployments: 3, failed: 1, lead: [6], recovery: [1] },
    ]);

    // Nothing of a sync that never was is left.
    await hub.observe(APP, [
      { kind: 'withdrawn', keyPrefix: 'sync9', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await told()).toEqual(['v1@4', 'v2@8, lead 6']);
    expect(await cells()).toMatchObject([
      { day: 0, deployments: 2, failed: 0, lead: [6], recovery: [] },
    ]);
  });

  it('learn of a revert whose change comes after its deployment', async () => {
    await hub.observe(
      APP,
      [1, 2].flatMap(n => committed(n)),
    );
    const [bare, reverting] = committed(3, 2);
    await hub.observe(APP, [bare]);
    await hub.observe(APP, [deployed(1, 4), deployed(2, 10), deployed(3, 60)]);
    await hub.derive();
    expect(await told()).toEqual(['v1@4', 'v2@10, lead 8', 'v3@60, lead 57']);

    await hub.observe(APP, [reverting]);
    await hub.derive();
    expect(await told()).toEqual([
      'v1@4',
      'v2@10, lead 8, failed reverted, fix 50',
      'v3@60, lead 57, rework',
    ]);

    // Of a rewritten history it is a revert no more.
    await hub.observe(APP, [
      { kind: 'withdrawn', keyPrefix: '3:change', reason: 'rewritten' },
    ]);
    await hub.derive();
    expect(await told()).toEqual(['v1@4', 'v2@10, lead 8', 'v3@60, lead 57']);
  });

  it('give what a failed roll-out carried to the next that counts, once', async () => {
    await hub.observe(
      APP,
      [1, 2, 3].flatMap(n => committed(n)),
    );
    const target = 'eu-1';
    await hub.observe(APP, [
      deployed(1, 4, { key: 'a', target }),
      deployed(1, 4, { key: 'b', target: 'us-1' }),
      deployed(2, 10, { key: 'c', target }),
      deployed(2, 11, { key: 'd', target: 'us-1', rollout: 'failed' }),
      deployed(3, 20, { key: 'e', target }),
      deployed(3, 21, { key: 'f', target: 'us-1' }),
    ]);
    await hub.derive();
    expect(await told()).toEqual([
      'v1@4',
      'v2@10, failed rollout-failed, next-rollout 11',
      'v3@21, lead 18,19',
    ]);
  });

  it('of a service that has no deployments any more are gone, cells too', async () => {
    await hub.observe(APP, committed(1));
    await hub.observe(APP, [deployed(1, 4)]);
    await hub.derive();
    expect(await cells()).toHaveLength(1);
    await hub.addService({
      id: 'b',
      ref: 'component:default/other',
      annotations: { 'day2/gitops-path': 'apps/payments-api/**' },
    });
    await hub.derive();
    expect(await hub.database('delivery').select('service_id')).toEqual([
      { service_id: 'b' },
    ]);
    expect(await hub.database('delivery_cell').select('service_id')).toEqual([
      { service_id: 'b' },
    ]);
  });

  it('are written only where they differ', async () => {
    await hub.observe(
      APP,
      [1, 2].flatMap(n => committed(n)),
    );
    await hub.observe(APP, [deployed(1, 4), deployed(2, 30)]);
    await hub.derive();
    // A column that is written only.
    await hub.database('delivery').update({ lead_commits: 99 });
    await hub.database('delivery_cell').update({ oldest_open_at: 99 });
    await hub.observe(APP, [deployed(2, 30, { version: 2, title: 'Better' })]);
    await hub.derive();
    const rows = await hub.database('delivery').orderBy('finished_at');
    expect(rows.map(row => row.lead_commits)).toEqual([99, 1]);
    // A title moves no figure.
    expect(
      (await hub.database('delivery_cell')).map(row =>
        Number(row.oldest_open_at),
      ),
    ).toEqual([99, 99]);
    expect(await told()).toEqual(['v1@4', 'v2@30, lead 28']);
  });
});
