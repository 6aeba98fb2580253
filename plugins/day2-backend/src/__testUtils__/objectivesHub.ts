import type { Entity } from '@backstage/catalog-model';
import type {
  ObjectiveChart,
  ObjectiveRecord,
} from '@day2/backstage-plugin-day2-common';
import type { SourceError } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { measurement, objective, prometheus, type Truth } from './objectives';
import { component, people } from './people';
import { sourceOf, startHub } from './startHub';
import { until } from './until';

const group = (name: string, parent?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [], ...(parent ? { parent } : {}) },
});

/** Shares of bad events, by query; the target allows 0.01. */
const shares: Record<string, number> = {
  'pay availability': 0.004,
  'pay latency': 0.009,
  'search availability': 0.2,
};

const truth =
  (query: string): Truth =>
  () =>
    query in shares ? { bad: shares[query] * 1000, total: 1000 } : undefined;

/**
 * A hub with objectives: payments-api has two that are well and one that is
 * invalid, search-api one that burns, one that nothing measures and one whose
 * series is absent, lonely none. Resolves once all is derived.
 */
export async function startObjectivesHub(options: { database: Knex }) {
  const { database } = options;
  let failure: SourceError | undefined;
  const hub = await startHub({
    database,
    entities: () => [
      component('payments-api', 'payments'),
      component('search-api', 'storefront'),
      component('lonely', 'storefront'),
      group('engineering'),
      group('payments', 'engineering'),
      group('storefront', 'engineering'),
    ],
    config: {
      day2: {
        environments: [
          { name: 'production', tier: 'production', match: ['prod*'] },
        ],
      },
    },
    sources: [
      sourceOf({
        id: 'openslo:files',
        kinds: ['objective'],
        async *pull() {
          const pay = { service: 'payments-api' };
          const search = { service: 'search-api' };
          const rolling = { kind: 'rolling', lengthMs: 86_400_000 } as const;
          const day = { period: rolling };
          yield {
            cursor: {},
            observations: [
              objective({ ...pay, query: 'pay availability', objective: day }),
              objective({
                ...pay,
                name: 'latency',
                query: 'pay latency',
                objective: day,
              }),
              objective({
                ...pay,
                name: 'broken',
                invalid: {
                  reason: 'a target is below 1',
                  path: 'spec.objectives[0].target',
                },
              }),
              objective({
                ...search,
                query: 'search availability',
                objective: day,
              }),
              objective({
                ...search,
                name: 'elsewhere',
                instance: 'us',
                objective: day,
              }),
              objective({
                ...search,
                name: 'absent',
                query: 'nothing',
                objective: day,
              }),
            ],
          };
        },
      }),
      prometheus({
        everySeconds: 1,
        async *pull(context) {
          if (failure) {
            throw failure;
          }
          for (const asked of (await context.objectives?.()) ?? []) {
            yield {
              cursor: {},
              observations: asked.missing.map(range =>
                measurement(asked, range, truth(asked.indicator.total.query)),
              ),
            };
          }
        },
      }),
    ],
  });
  const refOf = (name: string) => `/services/component/default/${name}`;
  await until(async () => {
    const [{ n }] = await database('objective')
      .where('figures', 'like', '%"progress":1,%')
      .count({ n: '*' });
    return Number(n) === 4;
  });

  async function objectives(
    name: string,
    as: string,
    query: object = {},
  ): Promise<{ items: ObjectiveRecord[]; nextCursor?: string; empty?: any }> {
    const { body } = await hub
      .call('get', `${refOf(name)}/objectives`, as)
      .query(query)
      .expect(200);
    return body;
  }

  async function all(
    as: string,
    query: object = {},
  ): Promise<{
    items: ObjectiveRecord[];
    nextCursor?: string;
    facets: any;
    empty?: any;
    sources: any;
  }> {
    const { body } = await hub
      .call('get', '/objectives', as)
      .query(query)
      .expect(200);
    return body;
  }

  async function one(
    id: string,
    as: string,
    query: object = {},
  ): Promise<{ objective: ObjectiveRecord; chart?: ObjectiveChart }> {
    const { body } = await hub
      .call('get', `/objectives/${id}`, as)
      .query(query)
      .expect(200);
    return body;
  }

  async function summary(name: string, as = people.service) {
    const { body } = await hub
      .call('get', `${refOf(name)}/summary`, as)
      .expect(200);
    return body;
  }

  return {
    ...hub,
    objectives,
    all,
    one,
    summary,
    /** What Prometheus is read with from now on; undefined: it works. */
    failWith(error: SourceError | undefined) {
      failure = error;
    },
  };
}
