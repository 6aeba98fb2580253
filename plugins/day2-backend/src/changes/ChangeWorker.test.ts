import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { ChangeObservation } from '@day2/backstage-plugin-day2-node';
import {
  change,
  deployment,
  repositoryTouch,
  shaOf,
} from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { DeriveWorker } from '../derive';
import { changeIdOf } from '../ingest/ObservationStore';
import type { Visibility } from '../permissions/VisibleServices';
import { PersonReads } from '../persons/PersonReads';
import { ChangeReads } from './ChangeReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

function code(word: string, more: Partial<ChangeObservation> = {}) {
  return change({
    key: `${word}:change`,
    at: 1000,
    sha: shaOf(word),
    repository: 'payments',
    touches: [repositoryTouch('payments')],
    ...more,
  });
}

/** A GitOps commit to production that moves the version, or fields, or both. */
function desired(options: { version?: string; fields?: string[] }) {
  const sha = shaOf('desired');
  const said = deployment({
    key: `${sha}:deployment`,
    versionName: options.version ?? '1.0.0',
    finishedAt: 1000,
    manifestRevision: { repository: 'tern-gitops', sha },
  });
  return {
    said,
    changed: change({
      key: `${sha}:change`,
      at: 1000,
      sha,
      repository: 'tern-gitops',
      touches: [
        {
          subject: said.subject,
          environment: 'prod',
          versionMoved: options.version !== undefined,
          fields: (options.fields ?? []).map(field => ({
            file: 'a.yaml',
            field,
            from: '1',
            to: '2',
          })),
        },
      ],
    }),
  };
}

describe.each(databases.eachSupportedId())('changes on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await hub.addService({
      id: 'a',
      ref: 'component:default/payments-api',
      annotations: { 'github.com/project-slug': 'tern/payments' },
    });
  });

  async function rows(): Promise<Record<string, any>[]> {
    await hub.derive();
    const found = await hub.database('change').orderBy('key');
    return found.map(row => ({ ...row, ...JSON.parse(row.record) }));
  }

  const listed = {
    serviceId: 'a',
    range: { from: 0, to: 1e12 },
    limit: 10,
    visible: { kind: 'all' as const },
  };

  function reads(): ChangeReads {
    const { database } = hub;
    return ChangeReads.create({
      database,
      persons: PersonReads.create({ database }),
    });
  }

  async function timeline(): Promise<string[]> {
    await hub.derive();
    const found = await hub.database('timeline').orderBy(['kind', 'at']);
    return found.map(
      row => `${row.kind} ${row.environment} ${JSON.parse(row.entry).title}`,
    );
  }

  it('are of the code, the configuration or the version', async () => {
    await hub.observe(GIT, [
      code('a'),
      { ...desired({ fields: ['replicas'] }).changed, key: 'b' },
      { ...desired({ version: '2', fields: ['replicas'] }).changed, key: 'c' },
    ]);
    expect(
      (await rows()).map(({ kind, fieldCount }) => `${kind} ${fieldCount}`),
    ).toEqual(['code 0', 'configuration 1', 'version 1']);
    const [configuration] = await hub
      .database('timeline')
      .where('environment', 'production');
    expect(JSON.parse(configuration.entry)).toMatchObject({
      detail: 'replicas: 1 → 2',
    });
  });

  it.each<[string, boolean]>([
    ['the reverting one first', true],
    ['the reverted one first', false],
  ])('know of each other when one reverts the other: %s', async (_, first) => {
    const bad = code('bad');
    const revert = code('revert', {
      at: 2000,
      reverts: shaOf('bad'),
      marks: ['revert'],
    });
    for (const each of first ? [revert, bad] : [bad, revert]) {
      await hub.observe(GIT, [each]);
      await hub.derive();
    }
    const [was, by] = await rows();
    expect(was.revertedBy).toBe(shaOf('revert'));
    expect(by.reverts).toBe(shaOf('bad'));
    const flags = (await hub.database('timeline')).map(
      ({ entry }) => JSON.parse(entry).flags,
    );
    expect(flags).toContainEqual(['revert']);
    // Taken out of history, it reverts nothing any more.
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'revert', reason: 'rewritten' },
    ]);
    expect((await rows())[0].revertedBy).toBeUndefined();
  });

  it('are an emergency by their marks, with the reasons', async () => {
    await hub.observe(GIT, [
      code('a', { marks: ['hotfix', 'revert'] }),
      code('b', { marks: ['revert'] }),
    ]);
    const [hotfix, revert] = await rows();
    expect(hotfix.emergencyReasons).toEqual([
      { code: 'hotfix', text: expect.any(String) },
    ]);
    expect([hotfix, revert].map(row => Boolean(row.emergency))).toEqual([
      true,
      false,
    ]);
  });

  it.each<[string, 'change' | 'deployment']>([
    ['the change first', 'change'],
    ['the deployment first', 'deployment'],
  ])('do not show what a deployment shows: %s', async (_, first) => {
    const { said, changed } = desired({ version: '1.0.0' });
    for (const each of first === 'change' ? [changed, said] : [said, changed]) {
      await hub.observe(GIT, [each]);
      await hub.derive();
    }
    expect(await timeline()).toEqual(['deployment production Deployed 1.0.0']);
    // It is still a change of the service.
    expect(await hub.database('record_service')).toHaveLength(1);
    // What a runtime source tells of fulfilled it: that deployment's still.
    await hub.observe('argocd:eu', [
      { ...said, key: 'live', basis: 'synced', finishedAt: 5000 },
    ]);
    expect(await timeline()).toEqual(['deployment production Deployed 1.0.0']);
    // No deployment any more: what was asked for shows again.
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: said.key, reason: 'misread' },
    ]);
    expect(await timeline()).toEqual([
      `change production ${changed.title}`,
      'deployment production Deployed 1.0.0',
    ]);
  });

  it('are one deployment where each target has a commit of its own', async () => {
    const both = ['eu-1', 'us-1'].map((target, i) => {
      const { said, changed } = desired({ version: '1.0.0' });
      const sha = shaOf(target);
      const at = 1000 + i;
      return [
        {
          ...said,
          key: `${sha}:deployment`,
          target,
          finishedAt: at,
          manifestRevision: { repository: 'tern-gitops', sha },
        },
        { ...changed, key: `${sha}:change`, sha, at },
      ];
    });
    await hub.observe(GIT, both.flat());
    expect(await timeline()).toEqual(['deployment production Deployed 1.0.0']);
    const [{ id: deploymentId }] = await hub.database('deployment');
    const changes = await reads().list(listed);
    expect(changes.items.map(each => each.deploymentIds)).toEqual([
      [deploymentId],
      [deploymentId],
    ]);
    // Without the second commit it is a deployment to the first target alone.
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: shaOf('us-1'), reason: 'rewritten' },
    ]);
    expect(await timeline()).toHaveLength(2);
  });

  describe('that touch several services', () => {
    const touch = (
      application: string,
      fields: string[],
      versionMoved = false,
    ) => ({
      subject: deployment({
        key: 'k',
        application,
        versionName: '1',
        finishedAt: 1,
      }).subject,
      environment: 'prod',
      versionMoved,
      fields: fields.map(field => ({ file: 'a', field, from: '1', to: '2' })),
    });
    const changeId = changeIdOf(GIT, 'both');

    beforeEach(async () => {
      await hub.addService({ id: 'b', ref: 'component:default/cart' });
      await hub.observe(GIT, [
        change({
          key: 'both',
          at: 1000,
          touches: [
            touch('cart', ['replicas', 'cpu', 'memory']),
            touch('payments-api', ['limit']),
            touch('nobody', ['secret']),
          ],
        }),
      ]);
      await hub.derive();
    });

    it('show at each what moved there', async () => {
      const lines = await hub.database('timeline').orderBy('service_id');
      expect(lines.map(({ entry }) => JSON.parse(entry).detail)).toEqual([
        'limit: 1 → 2',
        'replicas: 1 → 2, cpu: 1 → 2, and 1 more',
      ]);
    });

    it.each<[string, Visibility, string[], number, number | undefined]>([
      [
        'all',
        { kind: 'all' },
        ['replicas', 'cpu', 'memory', 'limit', 'secret'],
        5,
        undefined,
      ],
      ['one', { kind: 'some', serviceIds: ['a'] }, ['limit'], 1, 4],
      [
        'both',
        { kind: 'some', serviceIds: ['a', 'b'] },
        ['replicas', 'cpu', 'memory', 'limit'],
        4,
        1,
      ],
    ])(
      'show who sees %s no more',
      async (_, visible, fields, count, hidden) => {
        const found = await reads().byId({ id: changeId, visible });
        expect(found?.fields.map(({ field }) => field)).toEqual(fields);
        expect(found?.fieldCount).toBe(count);
        expect(found?.hiddenFieldCount).toBe(hidden);
        expect(JSON.stringify(found)).not.toContain('subjectId');
      },
    );

    it('are the deployment’s where only the other moved more', async () => {
      const { said, changed } = desired({ version: '1.0.0' });
      await hub.observe(GIT, [
        said,
        {
          ...changed,
          touches: [touch('cart', ['cpu']), ...changed.touches],
        },
      ]);
      expect(
        await hub
          .database('timeline')
          .where({ service_id: 'a', kind: 'change' })
          .whereNot('record_id', changeId),
      ).toHaveLength(0);
    });
  });

  it('show beside the deployment where more than the version moved', async () => {
    const { said, changed } = desired({ version: '1.0.0', fields: ['cpu'] });
    await hub.observe(GIT, [said, changed]);
    expect(await timeline()).toHaveLength(2);
  });

  it('show where the version moved and nothing was deployed', async () => {
    const { changed } = desired({ version: '1.0.0' });
    await hub.observe(GIT, [changed]);
    expect(await timeline()).toEqual([`change production ${changed.title}`]);
  });

  it('are superseded when withdrawn, and kept', async () => {
    await hub.observe(GIT, [code('a')]);
    await hub.derive();
    await hub.observe(GIT, [
      { kind: 'withdrawn', keyPrefix: 'a', reason: 'history was rewritten' },
    ]);
    expect(await rows()).toMatchObject([
      { state: 'superseded', supersededReason: 'history was rewritten' },
    ]);
    const [line] = await hub.database('timeline');
    expect(JSON.parse(line.entry)).toMatchObject({ flags: ['superseded'] });
  });

  it('follow the environments’ names when the configuration changes', async () => {
    const { said, changed } = desired({ version: '1', fields: ['cpu'] });
    await hub.observe(GIT, [said, changed]);
    await hub.derive();
    await DeriveWorker.create({
      database: hub.database,
      environments: [{ name: 'live', tier: 'production', match: ['prod'] }],
      logger: mockServices.logger.mock(),
      now: () => hub.time,
    }).runUntilIdle();
    const places = await hub
      .database('timeline')
      .distinct('environment', 'kind')
      .orderBy('kind');
    expect(places).toEqual([
      { environment: 'live', kind: 'change' },
      { environment: 'live', kind: 'deployment' },
    ]);
  });
});
