import type { Entity } from '@backstage/catalog-model';
import type {
  ApplicationState,
  FleetRow,
  SourcesStanding,
} from '@day2/backstage-plugin-day2-common';
import type {
  Observation,
  SourceError,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { application, mirrorOf } from './applications';
import { shaOf } from './observations';
import { component, people } from './people';
import { sourceOf, startHub } from './startHub';

const [one, two] = ['one', 'two'].map(shaOf);

const group = (name: string, parent?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [], ...(parent ? { parent } : {}) },
});

const names = (uid: string) => ({ 'argocd/app-name': `${uid}-production` });

const said = (
  uid: string,
  more: Partial<Parameters<typeof application>[0]> = {},
): Observation =>
  application({
    uid,
    subject: {
      key: uid,
      kind: 'application',
      traits: {
        instance: 'eu',
        resource: { kind: 'Application', name: `${uid}-production` },
      },
    },
    ...more,
  });

/**
 * A hub that reads an Argo CD: payments-api is pending in production and its
 * sync fails, search-api drifted, ledger and search-api share one that is
 * synced, lonely has none. Resolves once all is derived.
 */
export async function startGitopsHub(options: { database: Knex }) {
  const { database } = options;
  let failure: SourceError | undefined;
  const hub = await startHub({
    database,
    entities: () => [
      component('payments-api', 'payments', names('pay')),
      component('ledger', 'payments', names('shared')),
      component('search-api', 'storefront', {
        'argocd/app-name': 'search-production, shared-production',
      }),
      component('lonely', 'storefront'),
      group('engineering'),
      group('payments', 'engineering'),
      group('storefront', 'engineering'),
    ],
    config: {
      day2: {
        environments: [
          { name: 'staging', tier: 'staging', match: ['stag*'] },
          { name: 'production', tier: 'production', match: ['prod*'] },
        ],
      },
    },
    sources: [
      mirrorOf({
        commits: {
          [one]: {
            position: 1,
            trees: { 'apps/pay': '1', 'apps/search': '1' },
          },
          [two]: {
            position: 2,
            trees: { 'apps/pay': '2', 'apps/search': '1' },
          },
        },
      }),
      sourceOf({
        id: 'argocd:eu',
        kinds: ['application', 'deployment'],
        everySeconds: 60,
        async *pull() {
          if (failure) {
            throw failure;
          }
          yield {
            cursor: {},
            observations: [
              said('pay', {
                operation: {
                  phase: 'failed',
                  startedAt: 5_000,
                  finishedAt: 6_000,
                  message: 'hook failed',
                  automated: false,
                  revisions: [two],
                  actor: { key: 'ana@tern.example', namespace: 'email' },
                },
              }),
              said('pay-stage', {
                environment: 'staging',
                sync: 'synced',
                subject: {
                  key: 'pay-stage',
                  kind: 'application',
                  traits: {
                    instance: 'eu',
                    resource: { kind: 'Application', name: 'pay-production' },
                  },
                },
              }),
              said('search'),
              said('shared', { sync: 'synced' }),
            ],
          };
        },
      }),
    ],
  });
  await until(async () => {
    const rows = await database('application').count({ n: '*' });
    const due = await database('subject').whereNotNull('match_due');
    const link = await database('link').count({ n: '*' });
    return (
      Number(rows[0].n) === 4 && due.length === 0 && Number(link[0].n) >= 5
    );
  });
  async function gitops(
    name: string,
    as: string,
    query: object = {},
  ): Promise<{
    items: ApplicationState[];
    running: unknown[];
    empty?: any;
    asOf?: string;
    nextCursor?: string;
    sources?: SourcesStanding;
  }> {
    const { body } = await hub
      .call('get', `/services/component/default/${name}/gitops`, as)
      .query(query)
      .expect(200);
    return body;
  }

  async function fleet(as: string, query: object = {}) {
    const { body } = await hub
      .call('get', '/fleet', as)
      .query(query)
      .expect(200);
    return body as {
      items: FleetRow[];
      facets: any;
      nextCursor?: string;
      empty?: any;
    };
  }

  async function tile(name: string) {
    const { body } = await hub
      .call(
        'get',
        `/services/component/default/${name}/summary`,
        people.service,
      )
      .expect(200);
    return body.tiles.sync;
  }

  return {
    ...hub,
    gitops,
    fleet,
    tile,
    /** What Argo CD is read with from now on; undefined: it works. */
    failWith(error: SourceError | undefined) {
      failure = error;
    },
  };
}

export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isTrue())) {
    if (Date.now() > end) {
      throw new Error('It did not come to be so');
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
