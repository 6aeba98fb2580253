import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { deploymentRow, seedChange, seedService } from '../__testUtils__/seed';
import { migrateDatabase } from '../database';
import { ApplicationReads } from '../gitops/ApplicationReads';
import { IncidentList } from '../incidents/IncidentList';
import { OnCallReads } from '../incidents/OnCallReads';
import { ObjectiveReads } from '../objectives/ObjectiveReads';
import { PersonReads } from '../persons/PersonReads';
import { ServiceStore } from '../services/ServiceStore';
import { SourceFeed } from '../sources/SourceFeed';
import { ServiceSummaryBuilder } from './ServiceSummaryBuilder';
import { SummaryReads } from './SummaryReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const day = 86_400_000;
const now = 100 * day;
const range = { from: now - 14 * day, to: now + 1 };

const source: Source = {
  id: 'git:gitops',
  type: 'git',
  title: 'tern-gitops',
  kinds: ['deployment', 'change'],
  everySeconds: 60,
  async *pull() {},
};

describe.each(databases.eachSupportedId())(
  'ServiceSummaryBuilder on %p',
  id => {
    let database: Knex;
    let sources: Source[];

    beforeEach(async () => {
      sources = [source];
      database = await databases.init(id);
      await migrateDatabase({ database });
      await seedService(database, { id: 'cart' });
      await seedService(database, { id: 'other' });
    });

    async function build(environment?: string) {
      const store = ServiceStore.create({ database });
      const summary = await ServiceSummaryBuilder.create({
        reads: SummaryReads.create({ database }),
        objectives: ObjectiveReads.create({ database }),
        incidents: IncidentList.create({ database }),
        onCall: OnCallReads.create({
          database,
          persons: PersonReads.create({ database }),
        }),
        applications: ApplicationReads.create({
          database,
          persons: PersonReads.create({ database }),
        }),
        feed: SourceFeed.create({
          database,
          sources: () => sources,
          permissions: mockServices.permissions(),
        }),
        sources: () => sources,
        environments: [
          { name: 'production', tier: 'production', match: [] },
          { name: 'staging', tier: 'staging', match: [] },
        ],
      }).build({
        credentials: mockCredentials.user(),
        service: (await store.byRef('component:default/cart'))!,
        environment,
        range,
        now,
      });
      // What is answered is what the contract promises.
      expect(ServiceSummary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(
        JSON.parse(JSON.stringify(summary)),
      );
      return summary;
    }

    async function tie(to = source): Promise<void> {
      const subject = `subject ${to.id}`;
      await database('subject').insert({
        id: subject,
        source: to.id,
        key: 'k',
        kind: 'application',
        traits: '{}',
        traits_hash: '',
        traits_at: 0,
        traits_by: '',
      });
      await database('link').insert({
        id: `link ${to.id}`,
        subject_id: subject,
        service_id: 'cart',
        via: 'annotation',
        reason: 'day2/gitops-path',
      });
      await database('source').insert({
        id: to.id,
        last_success_at: now - 12_000,
      });
    }

    it('counts deployments and changes of the environment in the range', async () => {
      await tie();
      const finished = (n: number, more: object = {}) =>
        deploymentRow({
          id: `d${n}`,
          service_id: 'cart',
          finished_at: now - n * day,
          version: `v${100 - n}`,
          ...more,
        });
      await database('deployment').insert([
        finished(1, { outcome: 'failed' }),
        finished(2),
        finished(13),
        finished(20),
        finished(3, { id: 'stage', environment: 'staging' }),
        finished(4, { id: 'not-mine', service_id: 'other' }),
      ]);
      await database('running').insert(
        ['production', 'staging'].map((environment, i) => ({
          service_id: 'cart',
          environment,
          line: '',
          target: '',
          deployment_id: i === 0 ? 'd1' : 'stage',
          version: i === 0 ? 'v99' : 'v97',
          since: now - day,
          position: 3,
        })),
      );
      await seedChange(database, {
        id: 'code',
        at: now - day,
        services: [{ id: 'cart' }, { id: 'other' }],
      });
      await seedChange(database, {
        id: 'urgent',
        at: now - 2 * day,
        emergency: true,
        services: [
          { id: 'cart', environment: 'production' },
          { id: 'cart', environment: '' },
        ],
      });
      await seedChange(database, {
        id: 'staging only',
        at: now - 2 * day,
        services: [{ id: 'cart', environment: 'staging' }],
      });

      const summary = await build();
      expect(summary).toMatchObject({
        environment: 'production',
        asOf: new Date(now - 12_000).toISOString(),
        sources: {
          total: 1,
          fine: 1,
          problems: [],
          titles: ['tern-gitops'],
          posted: false,
        },
        header: {
          running: [
            { environment: 'production', version: 'v99' },
            { environment: 'staging', version: 'v97' },
          ],
          lastKnownGood: { version: 'v98', deploymentId: 'd2' },
        },
        tiles: {
          changes: {
            state: 'attention',
            headline: '2 changes',
            detail: '3 deployments, 1 urgent, 1 failed',
            at: new Date(now - day).toISOString(),
          },
          sync: { state: 'empty', empty: { reason: 'source-not-configured' } },
        },
      });
      expect(summary.tiles.changes.trend).toHaveLength(15);
      expect(
        summary.tiles.changes.trend!.reduce(
          (sum, point) => sum + point.value,
          0,
        ),
      ).toBe(5);
    });

    it('shows an environment that only the data names, and takes it where production has none', async () => {
      await database('deployment').insert(
        deploymentRow({
          id: 'd',
          service_id: 'cart',
          finished_at: now - day,
          environment: 'lab',
        }),
      );
      const summary = await build();
      expect(summary.environment).toBe('lab');
      expect(summary.environments).toEqual([
        { name: 'production', tier: 'production', hasData: false },
        { name: 'staging', tier: 'staging', hasData: false },
        { name: 'lab', tier: 'unknown', hasData: true },
      ]);
    });

    it('says why there is nothing', async () => {
      await tie();
      const summary = await build();
      expect(summary.environment).toBe('production');
      expect(summary.header.running).toEqual([]);
      expect(summary.header.lastKnownGood).toBeUndefined();
      expect(summary.tiles.changes).toMatchObject({
        state: 'empty',
        empty: { reason: 'nothing-found' },
      });
    });

    it('says of each part how its own sources stand, and how old it is by them', async () => {
      const pagerduty: Source = {
        ...source,
        id: 'pagerduty:tern',
        type: 'pagerduty',
        title: 'tern',
        kinds: ['incident', 'on-call'],
      };
      sources = [source, pagerduty];
      await tie();
      await tie(pagerduty);
      await database('source')
        .where('id', pagerduty.id)
        .update({
          last_success_at: now - day,
          failing_since: now - day,
          error: JSON.stringify({ code: 'unreachable', text: 'away' }),
        });
      const { parts, asOf } = await build();
      const read = new Date(now - 12_000).toISOString();
      const old = new Date(now - day).toISOString();
      expect(asOf).toBe(old);
      for (const part of ['deployments', 'changes'] as const) {
        expect(parts[part]).toMatchObject({
          total: 1,
          fine: 1,
          problems: [],
          asOf: read,
        });
      }
      for (const part of ['incidents', 'onCall'] as const) {
        expect(parts[part]).toMatchObject({
          total: 1,
          fine: 0,
          problems: [{ source: 'pagerduty:tern', text: 'away' }],
          asOf: old,
        });
      }
      // It shows both.
      expect(parts.timeline).toMatchObject({ total: 2, fine: 1, asOf: old });
      expect(parts.objectives).toMatchObject({ total: 0, problems: [] });
    });

    it('names a source that fails', async () => {
      await tie();
      await database('source')
        .where('id', source.id)
        .update({
          failing_since: now - 5_000,
          error: JSON.stringify({ code: 'timeout', text: 'no answer in 30 s' }),
        });
      await expect(build()).resolves.toMatchObject({
        sources: {
          total: 1,
          fine: 0,
          problems: [
            {
              source: 'git:gitops',
              code: 'timeout',
              text: 'no answer in 30 s',
            },
          ],
        },
      });
    });
  },
);
