import { TestDatabases } from '@backstage/backend-test-utils';
import { desired } from '../__testUtils__/changes';
import { change, deployment, shaOf } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { changeIdOf } from '../ingest/ObservationStore';
import type { Visibility } from '../permissions/VisibleServices';
import { PersonReads } from '../persons/PersonReads';
import { ChangeReads } from './ChangeReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const GIT = 'git:tern-gitops';

describe.each(databases.eachSupportedId())(
  'changes beside deployments on %s',
  id => {
    let hub: TestHub;

    beforeEach(async () => {
      hub = await TestHub.create(await databases.init(id));
      await hub.addService({
        id: 'a',
        ref: 'component:default/payments-api',
        annotations: { 'github.com/project-slug': 'tern/payments' },
      });
    });

    const listed = {
      serviceId: 'a',
      range: { from: 0, to: 1e12 },
      limit: 10,
      visibleAmong: async () => ({ kind: 'all' as const }),
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

    it.each<[string, 'change' | 'deployment']>([
      ['the change first', 'change'],
      ['the deployment first', 'deployment'],
    ])('do not show what a deployment shows: %s', async (_, first) => {
      const { said, changed } = desired({ version: '1.0.0' });
      for (const each of first === 'change'
        ? [changed, said]
        : [said, changed]) {
        await hub.observe(GIT, [each]);
        await hub.derive();
      }
      expect(await timeline()).toEqual([
        'deployment production Deployed 1.0.0',
      ]);
      // It is still a change of the service.
      expect(await hub.database('record_service')).toHaveLength(1);
      // What a runtime source tells of fulfilled it: that deployment's still.
      await hub.observe('argocd:eu', [
        { ...said, key: 'live', basis: 'synced', finishedAt: 5000 },
      ]);
      expect(await timeline()).toEqual([
        'deployment production Deployed 1.0.0',
      ]);
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
      expect(await timeline()).toEqual([
        'deployment production Deployed 1.0.0',
      ]);
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
          const found = await reads().byId({
            id: changeId,
            visibleAmong: async () => visible,
          });
          expect(found?.change.fields.map(({ field }) => field)).toEqual(
            fields,
          );
          expect(found?.change.fieldCount).toBe(count);
          expect(found?.change.hiddenFieldCount).toBe(hidden);
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
  },
);
