import { TestDatabases } from '@backstage/backend-test-utils';
import type { SuspectDecision } from '@day2/backstage-plugin-day2-common';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import {
  addIncidentServices,
  minutes,
  observeLines,
} from '../__testUtils__/incidents';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import {
  measurement,
  objective,
  prometheus,
} from '../__testUtils__/objectives';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { incidentIdOf } from '../incidents/incidentRows';
import { saidStore } from '../incidents/saidStore';
import { WantedMeasurements } from '../objectives/WantedMeasurements';
import { markSuspectsDirty } from './dirtySuspects';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

/** Version `name` of service `a` at a minute, which took two. */
function deployed(
  name: string,
  at: number,
  more: Partial<DeploymentObservation> & { application?: string } = {},
): DeploymentObservation {
  return deployment({
    key: `${more.application ?? 'a'} ${name} ${at}`,
    application: 'a',
    versionName: name,
    startedAt: minutes(at - 2),
    finishedAt: minutes(at),
    basis: 'synced',
    ...more,
  });
}

describe.each(databases.eachSupportedId())('suspects on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await addIncidentServices(hub);
  });

  async function deploy(...observations: DeploymentObservation[]) {
    await hub.observe('argocd:a', observations);
    await hub.derive();
  }

  async function dependsOn(from: string, to: string, until?: number) {
    await hub.database('service_dependency').insert({
      service_id: from,
      depends_on: `component:default/${to}`,
      valid_from: 1,
      valid_to: until ?? null,
    });
  }

  /** `1.0 confirmed rolled-back`: the causes of an incident, likeliest first. */
  async function told(
    reference = { source: 'pd', key: '1' },
    role = 'cause',
  ): Promise<string[]> {
    const rows = await hub
      .database('suspect')
      .where({ incident_id: incidentIdOf(reference), role })
      .orderBy('rank');
    return rows.map(row => {
      const { label, reasons } = JSON.parse(row.record);
      const codes = reasons.map(({ code }: { code: string }) => code);
      return [label.split('/').pop(), row.state, codes.join('+')].join(' ');
    });
  }

  /** `1.0 failed incident-suspected open`: those that failed or are rework. */
  async function delivered(): Promise<string[]> {
    const rows = await hub
      .database('delivery')
      .join('deployment', 'deployment.id', 'delivery.deployment_id')
      .orderBy('delivery.finished_at')
      .select('delivery.*', 'deployment.version');
    return rows.flatMap(row => {
      const { failed, rework } = JSON.parse(row.reasons);
      const codes = (of: { code: string }[]) => of.map(({ code }) => code);
      return [...failed, ...rework].length === 0
        ? []
        : [
            [
              row.version,
              ...codes(failed),
              ...codes(rework).map(code => `rework:${code}`),
              ...(row.recovery === null
                ? []
                : [`${row.recovery} ${row.recovery_seconds / 60}`]),
            ].join(' '),
          ];
    });
  }

  async function decide(
    candidateId: string,
    verdict: SuspectDecision['verdict'],
  ) {
    const reference = { source: 'pd', key: '1' };
    await inTransaction(hub.database, async transaction => {
      await saidStore.add(
        transaction,
        {
          id: `${verdict} ${candidateId}`.slice(0, 40),
          incident_ref: JSON.stringify(reference),
          kind: 'suspect',
          body: JSON.stringify({ candidateId, verdict }),
          person_id: 'ann',
          at: hub.time,
          why: 'seen',
          taken_back_at: null,
          taken_back_by: null,
          taken_back_why: null,
        },
        [reference],
      );
      await markSuspectsDirty(transaction, [incidentIdOf(reference)], hub.time);
    });
    await hub.derive();
  }

  it('the bad release is suspected, its rollback confirms it, and the figures follow', async () => {
    await deploy(deployed('1.0', 0), deployed('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-\nam x 2011-');
    expect(await told()).toEqual(['a 2.0 suspected above-threshold']);
    expect(await delivered()).toEqual(['2.0 incident-suspected open 0']);
    const [row] = await hub.database('delivery').where({ is_failed: true });
    expect(Boolean(row.failed_suspected)).toBe(true);

    await deploy(deployed('1.0', 2040));
    expect(await told()).toEqual(['a 2.0 confirmed rolled-back']);
    expect(await told(undefined, 'fix')).toEqual(['a 1.0 confirmed rollback']);
    expect(await delivered()).toEqual([
      '2.0 rolled-back incident-confirmed open 0',
      '1.0 rework:rollback rework:fixes-incident',
    ]);

    await observeLines(hub, 'pd 1 2010-2050 v=2 imp@2005\nam x 2011-2045 v=2');
    expect(await delivered()).toEqual([
      '2.0 rolled-back incident-confirmed incident 40',
      '1.0 rework:rollback rework:fixes-incident',
    ]);
    expect(await hub.rows('dirty_suspect')).toEqual([]);
    expect(await hub.rows('dirty_sequence')).toEqual([]);
    // The cell is of the rows.
    const cells = await hub.rows('delivery_cell');
    const counts = cells.map(cell => JSON.parse(cell.counts));
    expect(counts.map(({ failed = 0 }) => failed)).toContain(1);
    expect(counts.every(each => !each.failedSuspected)).toBe(true);
  });

  it('what comes late, moves or goes is judged anew, and the link goes with it', async () => {
    await deploy(deployed('1.0', 0), deployed('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await delivered()).toEqual(['2.0 incident-suspected incident 50']);

    // A nearer one was told late: neither of two is likely enough.
    await deploy(deployed('3.0', 2005));
    expect((await told()).map(each => each.split(' ')[2])).toEqual([
      'candidate',
      'candidate',
    ]);
    expect(await delivered()).toEqual([]);

    await hub.observe('argocd:a', [
      { kind: 'withdrawn', keyPrefix: 'a 2.0 2000', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await told()).toEqual(['a 3.0 suspected above-threshold']);
    expect(await delivered()).toEqual(['3.0 incident-suspected incident 45']);

    // An incident that is withdrawn never was.
    await hub.observe('pd', [
      { kind: 'withdrawn', keyPrefix: '1', reason: 'test' },
    ]);
    await hub.derive();
    expect(await hub.rows('suspect')).toEqual([]);
    expect(await delivered()).toEqual([]);
  });

  it('a person’s word wins, also on what is out of reach, and may be taken back', async () => {
    await deploy(
      deployed('1.0', 0),
      deployed('2.0', 10),
      deployed('3.0', 4000),
    );
    await observeLines(hub, 'pd 1 4010-4050');
    const deployments = await hub.database('deployment');
    const idOf = (version: string) =>
      deployments.find(each => each.version === version).id as string;
    await decide(idOf('3.0'), 'rejected');
    expect(await told()).toEqual(['a 3.0 rejected rejected-by-hand']);
    expect(await delivered()).toEqual([]);

    await decide(idOf('2.0'), 'confirmed');
    expect(await told()).toEqual([
      'a 2.0 confirmed confirmed-by-hand',
      'a 3.0 rejected rejected-by-hand',
    ]);
    expect(await delivered()).toEqual([
      `2.0 incident-confirmed incident ${4050 - 10}`,
    ]);

    await hub.database('incident_said').update({ taken_back_at: 1 });
    await inTransaction(hub.database, transaction =>
      markSuspectsDirty(
        transaction,
        [incidentIdOf({ source: 'pd', key: '1' })],
        1,
      ),
    );
    await hub.derive();
    expect(await told()).toEqual(['a 3.0 suspected above-threshold']);
  });

  it('are of services that what is hit depended on then, two steps far, in its environment', async () => {
    await dependsOn('a', 'b');
    await dependsOn('b', 'c');
    await dependsOn('c', 'd');
    const at = (application: string, more: object = {}) =>
      deployed('7.0', 2000, { application, ...more });
    await deploy(at('b'), at('c'), at('d'), at('a', { environment: 'stag' }));
    await observeLines(hub, 'pd 1 2010-2050');
    expect((await told()).map(each => each.split(' ')[0])).toEqual(['b', 'c']);

    await observeLines(hub, 'pd 1 2010-2050 e=stag v=2');
    expect((await told()).map(each => each.split(' ')[0])).toEqual(['a']);

    // It depended on it only before.
    await observeLines(hub, 'pd 1 2010-2050 e=prod v=3');
    await hub
      .database('service_dependency')
      .where({ service_id: 'a' })
      .update({ valid_to: minutes(1000) });
    await inTransaction(hub.database, transaction =>
      markSuspectsDirty(
        transaction,
        [incidentIdOf({ source: 'pd', key: '1' })],
        1,
      ),
    );
    await hub.derive();
    expect(await told()).toEqual([]);
  });

  it('tell of an incident of another service no more than that there is one', async () => {
    await dependsOn('a', 'b');
    await deploy(
      deployed('1.0', 0, { application: 'b' }),
      deployed('2.0', 2000, { application: 'b' }),
      deployed('1.0', 2040, { application: 'b' }),
    );
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await told()).toEqual(['b 2.0 confirmed rolled-back']);
    const rows = await hub
      .database('delivery')
      .where({ is_failed: true })
      .orWhere({ is_rework: true })
      .orderBy('finished_at');
    expect(rows).toHaveLength(2);
    for (const { reasons } of rows) {
      expect(reasons).not.toContain('pd 1');
      expect(reasons).toContain('one of a service that depends on it');
    }

    // It hits this one too: of what the tool says of this one.
    await observeLines(hub, 'am x 2012-2045 s=b');
    expect(await hub.rows('incident')).toHaveLength(2);
    await observeLines(hub, 'pd 2 2012-2045 s=a+b');
    const [{ references }] = (await hub.rows('incident')).map(row =>
      JSON.parse(row.record),
    );
    expect(references).toHaveLength(3);
    const [{ reasons }] = await hub.database('delivery').where({
      is_failed: true,
    });
    expect(reasons).not.toContain('pd 1');
    expect(reasons).toContain('pd 2');
  });

  it('one sync of two images is one suspect', async () => {
    const images = (version: string, at: number) => [
      ...['api', 'job'].map(image =>
        deployed(version, at, {
          key: `${image} ${version}`,
          image: { repository: `tern/${image}`, tag: version },
          basis: 'desired',
          rollout: 'unknown',
          order: at,
          manifestRevision: { repository: 'gitops', sha: shaOf(version) },
        }),
      ),
      deployed(version, at, {
        key: `sync ${version}`,
        manifestRevision: { repository: 'gitops', sha: shaOf(version) },
        ...({ versionName: undefined } as { versionName: never }),
      }),
    ];
    await deploy(...images('1.0', 0), ...images('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await hub.rows('deployment')).toHaveLength(4);
    expect(await hub.rows('delivery')).toHaveLength(2);
    expect(await told()).toEqual(['a 2.0 suspected above-threshold']);
    expect(await delivered()).toEqual(['2.0 incident-suspected incident 50']);
  });

  it('a change of configuration is one; a revert of it confirms it', async () => {
    const configuration = (key: string, at: number, more: object = {}) =>
      change({
        key,
        at: minutes(at),
        repository: 'tern-gitops',
        sha: shaOf(key),
        title: `Set ${key}`,
        touches: [
          {
            subject: {
              key: 'apps/a/overlays/production',
              kind: 'application',
              traits: {
                repository: 'tern-gitops',
                path: 'apps/a/overlays/production',
                application: 'a',
              },
            },
            environment: 'prod',
            fields: [{ file: 'x.yaml', field: 'spec.replicas', to: '1' }],
            versionMoved: false,
          },
        ],
        ...more,
      });
    await hub.observe('git:a', [configuration('replicas', 2000)]);
    await observeLines(hub, 'pd 1 2010-');
    expect(await told()).toEqual(['Set replicas suspected above-threshold']);
    await hub.observe('git:a', [
      configuration('back', 2030, { reverts: shaOf('replicas').slice(0, 9) }),
    ]);
    await hub.derive();
    expect(await told()).toEqual(['Set replicas confirmed reverted']);
    expect(await told(undefined, 'fix')).toEqual(['Set back candidate revert']);
    // No deployment did it: no figure changes.
    expect(await delivered()).toEqual([]);
  });

  it('a commit that is reverted tells which deployment brought it', async () => {
    await hub.addService({
      id: 'a',
      ref: 'component:default/a',
      annotations: {
        'pagerduty.com/service-id': 'a',
        'github.com/project-slug': 'tern/payments',
      },
    });
    const landed = (n: number, at: number, reverts?: number) => [
      commit({
        sha: shaOf(`c${n}`),
        position: n,
        parents: n > 1 ? [shaOf(`c${n - 1}`)] : [],
        committedAt: minutes(at),
      }),
      change({
        key: `${n}:change`,
        at: minutes(at),
        repository: 'payments',
        sha: shaOf(`c${n}`),
        touches: [repositoryTouch('payments')],
        ...(reverts ? { reverts: shaOf(`c${reverts}`).slice(0, 10) } : {}),
      }),
    ];
    await hub.observe('git:payments', [
      ...landed(1, 0),
      ...landed(2, 1000),
      ...landed(3, 1990),
    ]);
    const brought = (n: number, at: number) =>
      deployed(`${n}.0`, at, {
        applicationRevision: { sha: shaOf(`c${n}`), found: 'Told' },
      });
    await deploy(brought(1, 10), brought(2, 1500), brought(3, 2000));
    await observeLines(hub, 'pd 1 2010-');
    expect(await told()).toEqual([
      'a 3.0 suspected above-threshold',
      'a 2.0 candidate below-threshold',
    ]);

    // What was brought long before it is reverted: it did it.
    await hub.observe('git:payments', landed(4, 2030, 2));
    await hub.derive();
    expect(await told()).toEqual([
      'a 2.0 confirmed reverted',
      'a 3.0 candidate settled',
    ]);
    expect(await delivered()).toContain('2.0 incident-confirmed open 0');

    await deploy(brought(4, 2040));
    expect(await told(undefined, 'fix')).toEqual(['a 4.0 confirmed revert']);
    expect(await delivered()).toEqual([
      '2.0 reverted incident-confirmed open 0',
      '4.0 rework:reverts-commit rework:fixes-incident',
    ]);
  });

  it('are judged anew when it is known how errors went', async () => {
    hub.configured = [prometheus()];
    await dependsOn('a', 'b');
    await deploy(
      deployed('3.0', 9030),
      deployed('5.0', 9035, { application: 'b' }),
    );
    await observeLines(hub, 'pd 1 9040-9100');
    expect(await told()).toEqual([
      'a 3.0 candidate below-threshold',
      'b 5.0 candidate below-threshold',
    ]);

    await hub.observe('openslo:catalog', [
      objective({ service: 'a' }),
      objective({ service: 'b' }),
    ]);
    await hub.derive();
    const asked = await WantedMeasurements.create({
      database: hub.database,
      now: () => hub.time,
    }).of('prometheus:main');
    expect(asked).toHaveLength(2);
    await hub.observe(
      'prometheus:main',
      asked.flatMap(each =>
        measurement(each, each.missing[0], at => ({
          bad:
            each.indicator.total.query.includes('"a"') && at >= minutes(9030)
              ? 20
              : 1,
          total: 100,
        })),
      ),
    );
    await hub.derive();
    expect(await told()).toEqual([
      'a 3.0 suspected above-threshold',
      'b 5.0 candidate below-threshold',
    ]);
    const [{ record }] = await hub.database('suspect').where({ rank: 0 });
    expect(JSON.parse(record).factors).toContainEqual(
      expect.objectContaining({
        factor: 'errors',
        reason: {
          code: 'errors-rose',
          text: 'Errors went from 1 % to 20 % after it',
        },
      }),
    );
  });

  it('are the same in whatever order all came', async () => {
    const parts: (() => Promise<unknown>)[] = [
      () => deploy(deployed('1.0', 0)),
      () => deploy(deployed('2.0', 2000)),
      () => deploy(deployed('1.0', 2040)),
      () => observeLines(hub, 'pd 1 2010-2050'),
      () => observeLines(hub, 'am x 2012-2045'),
    ];
    const orders = [
      [0, 1, 2, 3, 4],
      [3, 0, 2, 4, 1],
      [4, 2, 1, 3, 0],
    ];
    const found = [];
    for (const order of orders) {
      hub = await TestHub.create(await databases.init(id));
      await addIncidentServices(hub);
      for (const at of order) {
        await parts[at]();
      }
      const rows = await hub.database('suspect').orderBy(['role', 'rank']);
      found.push({ rows, delivered: await delivered() });
    }
    expect(found[0].rows).toHaveLength(3);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });
});
