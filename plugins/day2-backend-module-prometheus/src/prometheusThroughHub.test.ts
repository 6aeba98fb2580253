import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { day2ModulePrometheus } from './module';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const SLOT_SECONDS = 300;

const metric = (query: string) => ({
  metricSource: { type: 'Prometheus', spec: { query } },
});
const slo = JSON.stringify({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'availability' },
  spec: {
    service: 'cart',
    indicator: {
      spec: {
        ratioMetric: {
          counter: true,
          bad: metric('sum(requests_total{code="500"})'),
          total: metric('sum(requests_total)'),
        },
      },
    },
    timeWindow: [{ duration: '28d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.99 }],
  },
});

describe('an SLO file and a Prometheus through the hub', () => {
  let folder: string;
  let fake: FakePrometheus;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let database: Awaited<ReturnType<typeof databases.init>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'day2-slo-'));
    await writeFile(join(folder, 'slo.yaml'), slo);
    fake = await FakePrometheus.start();
    // One of a thousand is bad: a tenth of the budget.
    fake.series.set('sum(increase(requests_total{code="500"}[5m]))', () => '2');
    fake.series.set('sum(increase(requests_total[5m]))', () => '2000');
    database = await databases.init('SQLITE_3');
    backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModulePrometheus,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            catalog: {
              locations: [
                { type: 'file', target: join(folder, 'catalog-info.yaml') },
              ],
            },
            day2: {
              prometheus: { instances: [{ name: 'main', url: fake.url }] },
            },
          },
        }),
        mockServices.database.factory({ knex: database }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'cart',
                namespace: 'default',
                etag: 'cart',
                annotations: {
                  'backstage.io/managed-by-location': `file:${join(
                    folder,
                    'catalog-info.yaml',
                  )}`,
                },
              },
              spec: { type: 'service', owner: 'storefront' },
            },
          ],
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await fake?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function get<T>(path: string): Promise<T> {
    const { port } = backend.server.address() as { port: number };
    const answer = await fetch(`http://localhost:${port}/api/day2${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  }

  /** The first answer of this kind; all sources are due meanwhile. */
  async function until<T>(
    what: string,
    ask: () => Promise<T | undefined>,
  ): Promise<T> {
    const patience = Date.now() + 60_000;
    for (;;) {
      const found = await ask();
      if (found !== undefined) {
        return found;
      }
      if (Date.now() > patience) {
        throw new Error(`waited too long for ${what}`);
      }
      await database('source').update({ next_run_at: 0 });
      await wait(200);
    }
  }

  const objective = (isIt: (found: ObjectiveRecord) => boolean) =>
    until('the objective', async () => {
      const { items } = await get<{ items: ObjectiveRecord[] }>(
        '/services/component/default/cart/objectives',
      );
      return items.find(isIt);
    });

  it('gives the figures of the period, from slots of which none is asked for twice', async () => {
    const found = await objective(
      ({ remaining, progress }) =>
        remaining.coverage === 1 && (progress ?? 1) === 1,
    );
    expect(found).toMatchObject({
      name: 'availability',
      file: { path: 'slo.yaml', line: 1 },
      target: 0.99,
      state: 'ok',
      measuredBy: { source: 'prometheus:main' },
      attainment: { value: 0.999 },
      remaining: { value: 0.9 },
      spent: { value: 28 * 288 * 2 },
    });
    const asked = fake.requests
      .filter(({ form }) => form.query === 'sum(increase(requests_total[5m]))')
      .flatMap(({ form }) => {
        const slots: number[] = [];
        for (
          let at = Number(form.start);
          at <= Number(form.end);
          at += SLOT_SECONDS
        ) {
          slots.push(at);
        }
        return slots;
      });
    expect(asked.length).toBeGreaterThanOrEqual(28 * 288);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('says of a query that is refused which objective lacks it', async () => {
    await writeFile(
      join(folder, 'slo.yaml'),
      slo.replace('sum(requests_total)', 'sum(requests_total'),
    );
    const sources = await until('the notice', async () => {
      const { items } = await get<{ items: any[] }>('/sources');
      const source = items.find(({ id }) => id === 'prometheus:main');
      return source.notices.length > 0 ? source : undefined;
    });
    expect(sources).toMatchObject({
      state: 'ok',
      quarantined: expect.any(Number),
      notices: [
        expect.stringMatching(
          /^One objective cannot be measured; the quarantine says/,
        ),
      ],
    });
    await objective(({ state }) => state === 'unknown');
    expect(JSON.stringify(sources.notices)).not.toContain('PromQL');
    await writeFile(join(folder, 'slo.yaml'), slo);
    await objective(
      ({ state, remaining }) => state === 'ok' && remaining.value === 0.9,
    );
  });
});
