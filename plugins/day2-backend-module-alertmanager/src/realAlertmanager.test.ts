import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
import { setTimeout } from 'node:timers/promises';
import {
  alertmanagerProgram,
  RealAlertmanager,
} from './__testUtils__/RealAlertmanager';
import { day2ModuleAlertmanager } from './module';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const TOKEN = 'a-token-of-the-hook';
const PATIENCE_MS = 60_000;

const title = alertmanagerProgram
  ? 'a real Alertmanager'
  : 'a real Alertmanager (skipped: DAY2_TEST_ALERTMANAGER names no program)';

(alertmanagerProgram ? describe : describe.skip)(title, () => {
  let alertmanager: RealAlertmanager;
  let stop = async () => {};

  beforeAll(async () => {
    alertmanager = await RealAlertmanager.start();
  });
  afterAll(async () => {
    // First: while it keeps delivering, the portal waits for it.
    await alertmanager?.stop();
    await stop();
  });

  it('fires into the hub, is silenced there, and ends', async () => {
    const database = await databases.init('SQLITE_3');
    const backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModuleAlertmanager,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            day2: {
              alertmanager: {
                instances: [
                  {
                    name: 'main',
                    url: alertmanager.url,
                    every: '5s',
                    webhook: { token: TOKEN },
                  },
                ],
              },
            },
          },
        }),
        mockServices.database.factory({ knex: database }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'checkout', namespace: 'default', etag: '1' },
              spec: { type: 'service', owner: 'shop' },
            },
          ],
        }),
      ],
    });
    stop = () => backend.stop();
    const alert = async () => {
      const row = await database('observation').first('payload');
      return row && JSON.parse(row.payload);
    };
    const delivered = async () =>
      (await database('webhook_delivery').where({ state: 'done' })).length;
    const until = async (is: () => Promise<boolean>) => {
      const end = Date.now() + PATIENCE_MS;
      while (!(await is())) {
        if (Date.now() > end) {
          const row = await database('source')
            .where({ id: 'alertmanager:main' })
            .first('error');
          throw new Error(
            `Waited too long; it is ${JSON.stringify([await alert(), row])}`,
          );
        }
        await setTimeout(50);
      }
    };

    const webhook = {
      url: `http://localhost:${backend.server.port()}/api/day2/webhooks/alertmanager:main`,
    };
    await alertmanager.deliverTo({ ...webhook, token: TOKEN });
    const startsAt = new Date(Date.now() - 30_000).toISOString();
    const firing = {
      labels: {
        alertname: 'CheckoutErrors',
        service: 'checkout',
        severity: 'critical',
        environment: 'production',
      },
      annotations: {
        summary: 'Errors of checkout',
        runbook_url: 'https://runbooks.example/checkout',
      },
      startsAt,
    };
    await alertmanager.sendAlert(firing);
    await until(async () => (await delivered()) === 1);
    expect(await alert()).toMatchObject({
      title: 'Errors of checkout',
      detectedAt: Date.parse(startsAt),
      environment: 'production',
      words: [{ field: 'severity', word: 'critical' }],
      url: 'http://prometheus.example/graph',
      runbook: 'https://runbooks.example/checkout',
    });

    const silencedUntil = new Date(Date.now() + 3_600_000).toISOString();
    const id = await alertmanager.silence({
      label: 'service',
      value: 'checkout',
      comment: 'Known: TERN-7',
      endsAt: silencedUntil,
    });
    await until(async () => (await alert()).suppressed !== undefined);
    expect((await alert()).suppressed).toEqual({
      by: 'silence',
      text: 'Known: TERN-7',
      until: Date.parse(silencedUntil),
    });
    await alertmanager.unsilence(id);
    await until(async () => (await alert()).suppressed === undefined);

    const endsAt = new Date().toISOString();
    await alertmanager.sendAlert({ ...firing, endsAt });
    await until(async () => (await alert()).resolvedAt !== undefined);
    expect(await alert()).toMatchObject({
      detectedAt: Date.parse(startsAt),
      resolvedAt: Date.parse(endsAt),
    });
    expect(await database('observation').select('key')).toHaveLength(1);
    expect(await database('quarantine').select()).toEqual([]);

    // Its service is the one that its label names.
    await until(async () => (await database('link').first('id')) !== undefined);
    const links = await database('link')
      .join('service', 'service.id', 'link.service_id')
      .select('service.ref');
    expect(links).toEqual([{ ref: 'component:default/checkout' }]);

    // One incident of it, which is over.
    const incidents = () => database('incident').select('*');
    await until(async () => (await incidents())[0]?.state === 'resolved');
    expect(await incidents()).toEqual([
      expect.objectContaining({
        title: 'Errors of checkout',
        ended_at: Date.parse(endsAt),
      }),
    ]);

    // With another token nothing is taken; the API tells of it all the same.
    await alertmanager.deliverTo({ ...webhook, token: 'another' });
    const before = await delivered();
    await alertmanager.sendAlert({
      labels: { ...firing.labels, alertname: 'CheckoutSlow' },
      startsAt: new Date().toISOString(),
    });
    await until(
      async () => (await database('observation').select('key')).length === 2,
    );
    expect(await delivered()).toBe(before);
  });
});
