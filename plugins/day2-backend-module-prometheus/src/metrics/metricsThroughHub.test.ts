import { setTimeout as wait } from 'node:timers/promises';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { programs, RealPrometheus } from '../__testUtils__/RealPrometheus';
import { day2ModulePrometheus } from '../module';

jest.setTimeout(180_000);

type Answer = OperationOutput<'getServiceMetrics'>;

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const from = Date.UTC(2025, 0, 6);
const range = '?from=2025-01-06T00:00:00Z&to=2025-01-06T01:00:00Z';
const rules = `
groups:
  - name: cart
    rules:
      - alert: CartFails
        expr: vector(3) > 2
        labels: { team: cart }
        annotations: { summary: Carts fail }
      - alert: OfOthers
        expr: vector(1)
`;

const hasPrograms = programs.prometheus && programs.promtool;
const title = hasPrograms
  ? 'annotations and a real Prometheus through the hub'
  : 'annotations and a real Prometheus through the hub (skipped: DAY2_TEST_PROMETHEUS and DAY2_TEST_PROMTOOL name no programs)';

(hasPrograms ? describe : describe.skip)(title, () => {
  let server: RealPrometheus;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let database: Awaited<ReturnType<typeof databases.init>>;

  beforeAll(async () => {
    const samples = Array.from({ length: 241 }, (_, step) =>
      ['a', 'b'].map(
        zone =>
          `cart_memory_bytes{zone="${zone}"} ${step} ${
            from / 1000 + step * 15
          }`,
      ),
    );
    server = await RealPrometheus.start({
      openMetrics: [
        '# TYPE cart_memory_bytes gauge',
        ...samples.map(([a]) => a),
        ...samples.map(([, b]) => b),
        '# EOF',
        '',
      ].join('\n'),
      rules,
    });
    database = await databases.init('SQLITE_3');
    backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModulePrometheus,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            // As users of other plugins have it.
            proxy: {
              endpoints: {
                '/prometheus/api': { target: `${server.url}/api/v1/` },
              },
            },
            prometheus: {
              proxyPath: '/prometheus/api',
              uiUrl: 'https://prometheus.tern.example',
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
                  'prometheus.io/rule':
                    'cart_memory_bytes|zone,sum by (zone) (cart_memory_bytes{zone=~"a|b"}),cart{',
                  'prometheus.io/alert': 'all',
                  'prometheus.io/labels': 'team=cart',
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
    await server?.stop();
  });

  async function ask(query = ''): Promise<Answer | undefined> {
    const { port } = backend.server.address() as { port: number };
    const answer = await fetch(
      `http://localhost:${port}/api/day2/services/component/default/cart/metrics${query}`,
    );
    return answer.ok ? ((await answer.json()) as Answer) : undefined;
  }

  /** The first answer of this kind; the rules are due meanwhile. */
  async function until(
    isIt: (found: NonNullable<Answer['alerts']>) => boolean,
  ): Promise<Answer> {
    const patience = Date.now() + 60_000;
    for (;;) {
      const found = await ask(range);
      if (found?.alerts && isIt(found.alerts)) {
        return found;
      }
      if (Date.now() > patience) {
        throw new Error(`waited too long: ${JSON.stringify(found?.alerts)}`);
      }
      await database('alert_reading').update({ next_at: 0 });
      await wait(200);
    }
  }

  it('are its alerts and its samples; when it is gone that is said, and what was known stays', async () => {
    const answer = await until(({ items }) => items[0]?.state === 'firing');
    expect(answer.source).toMatchObject({
      url: 'https://prometheus.tern.example',
    });
    expect(answer.alerts).toMatchObject({
      items: [
        {
          name: 'CartFails',
          group: 'cart',
          value: 3,
          annotations: { summary: 'Carts fail' },
        },
      ],
      missing: [],
    });
    expect(answer.alerts?.stale).toBeUndefined();
    const [memory, sum, broken] = answer.charts;
    expect(memory).toMatchObject({ unit: 'bytes', stepSeconds: 15 });
    expect(memory.series.map(({ name }) => name)).toEqual(['a', 'b']);
    const counted = Array.from({ length: 241 }, (_, step) => step);
    for (const { values } of [...memory.series, ...sum.series]) {
      expect(values).toEqual(counted);
    }
    expect(sum.series.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(broken.error).toMatch(/refuses its query: .*parse error/);

    await server.stop();
    const gone = await until(({ stale }) => stale !== undefined);
    expect(gone.alerts).toMatchObject({
      items: [{ name: 'CartFails', state: 'firing' }],
      stale: { reason: 'source-unreachable', since: expect.any(String) },
    });
    const later = await ask(
      '?from=2025-01-06T00:10:00Z&to=2025-01-06T01:00:00Z',
    );
    expect(later?.charts.map(({ error }) => error)).toEqual([
      expect.stringMatching(/Prometheus/),
      expect.stringMatching(/Prometheus/),
      expect.stringMatching(/Prometheus/),
    ]);
  });
});
