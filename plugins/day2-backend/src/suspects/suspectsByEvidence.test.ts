import { TestDatabases } from '@backstage/backend-test-utils';
import { minutes, observeLines } from '../__testUtils__/incidents';
import {
  measurement,
  objective,
  prometheus,
} from '../__testUtils__/objectives';
import {
  change,
  commit,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import type { TestHub } from '../__testUtils__/testHub';
import { WantedMeasurements } from '../objectives/WantedMeasurements';
import { deployed, SuspectsHub } from './__testUtils__/suspectsHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('evidence on %s', id => {
  let world: SuspectsHub;
  let hub: TestHub;

  async function begin() {
    world = await SuspectsHub.create(await databases.init(id));
    hub = world.hub;
  }

  beforeEach(begin);

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
    await world.deploy(...images('1.0', 0), ...images('2.0', 2000));
    await observeLines(hub, 'pd 1 2010-2050');
    expect(await hub.rows('deployment')).toHaveLength(4);
    expect(await hub.rows('delivery')).toHaveLength(2);
    expect(await world.told()).toEqual(['a 2.0 suspected above-threshold']);
    expect(await world.delivered()).toEqual([
      '2.0 incident-suspected incident 50',
    ]);
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
    expect(await world.told()).toEqual([
      'Set replicas suspected above-threshold',
    ]);
    await hub.observe('git:a', [
      configuration('back', 2030, { reverts: shaOf('replicas').slice(0, 9) }),
    ]);
    await hub.derive();
    expect(await world.told()).toEqual(['Set replicas confirmed reverted']);
    expect(await world.told('fix')).toEqual(['Set back candidate revert']);
    // No deployment did it: no figure changes.
    expect(await world.delivered()).toEqual([]);
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
    await world.deploy(brought(1, 10), brought(2, 1500), brought(3, 2000));
    await observeLines(hub, 'pd 1 2010-');
    expect(await world.told()).toEqual([
      'a 3.0 suspected above-threshold',
      'a 2.0 candidate below-threshold',
    ]);

    // What was brought long before it is reverted: it did it.
    await hub.observe('git:payments', landed(4, 2030, 2));
    await hub.derive();
    expect(await world.told()).toEqual([
      'a 2.0 confirmed reverted',
      'a 3.0 candidate settled',
    ]);
    expect(await world.delivered()).toContain('2.0 incident-confirmed open 0');

    await world.deploy(brought(4, 2040));
    expect(await world.told('fix')).toEqual(['a 4.0 confirmed revert']);
    expect(await world.delivered()).toEqual([
      '2.0 reverted incident-confirmed open 0',
      '4.0 rework:reverts-commit rework:fixes-incident',
    ]);
  });

  // As many as are read of others, before and after minute 5000 of an incident.
  const others = [2100, 6000].flatMap(from =>
    Array.from({ length: 301 }, (_, n) => from + n),
  );

  it('a rollback confirms however much else is deployed while it lasts', async () => {
    await world.dependsOn('a', 'b');
    await world.deploy(
      deployed('1.0', 0),
      deployed('2.0', 1000),
      deployed('1.0', 5000),
    );
    const [row] = await hub.database('deployment').limit(1);
    await hub.database.batchInsert(
      'deployment',
      others.map(at => ({
        ...row,
        id: `b ${at}`,
        service_id: 'b',
        restores_id: null,
        started_at: minutes(at - 1),
        finished_at: minutes(at),
      })),
      20,
    );
    await observeLines(hub, 'pd 1 2010-9000');
    expect(await world.told()).toEqual(['a 2.0 confirmed rolled-back']);
    expect(await world.told('fix')).toEqual(['a 1.0 confirmed rollback']);
  });

  it('a revert confirms however much else is changed while it lasts', async () => {
    const replicas = (key: string, at: number, more: object = {}) =>
      change({
        key,
        at: minutes(at),
        repository: 'tern-gitops',
        sha: shaOf(key),
        title: key,
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
    await hub.observe('git:a', [
      replicas('bad', 1000),
      replicas('back', 5000, { reverts: shaOf('bad').slice(0, 9) }),
    ]);
    await hub.derive();
    const [row] = await hub.database('change').where('title', 'bad');
    const [place] = await hub.database('record_service').where({
      record_id: row.id,
    });
    const rows = others.map(at => ({ id: `b ${at}`, at: minutes(at) }));
    await hub.database.batchInsert(
      'change',
      rows.map(each => ({ ...row, ...each, key: each.id, sha: null })),
      20,
    );
    await hub.database.batchInsert(
      'record_service',
      rows.map(({ id: record_id, at }) => ({ ...place, record_id, at })),
      20,
    );
    await observeLines(hub, 'pd 1 2010-9000');
    expect(await world.told()).toEqual(['bad confirmed reverted']);
    expect(await world.told('fix')).toEqual(['back candidate revert']);
  });

  it('are judged anew when it is known how errors went', async () => {
    hub.configured = [prometheus()];
    await world.dependsOn('a', 'b');
    await world.deploy(
      deployed('3.0', 9030),
      deployed('5.0', 9035, { application: 'b' }),
    );
    await observeLines(hub, 'pd 1 9040-9100');
    expect(await world.told()).toEqual([
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
    expect(await world.told()).toEqual([
      'a 3.0 suspected above-threshold',
      'b 5.0 candidate below-threshold',
    ]);
    const [{ record }] = await hub.database('suspect').where({ rank: 0 });
    expect(JSON.parse(record).factors).toContainEqual(
      expect.objectContaining({
        factor: 'errors',
        reason: {
          code: 'onset-at',
          text: 'Errors began within 5 min of it',
        },
      }),
    );
  });
});
