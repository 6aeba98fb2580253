import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { iso, type Raw } from './__testUtils__/Company';
import { FakePagerduty } from './__testUtils__/FakePagerduty';
import { day2ModulePagerduty } from './module';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const MINUTE = 60_000;

interface Answer {
  items: IncidentRecord[];
  onCall: { person: { name?: string }; level: number }[];
}

describe('PagerDuty through the hub', () => {
  let fake: FakePagerduty;
  let incident: Raw;
  let ana: Raw;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const now = Math.floor(Date.now() / 1000) * 1000;

  beforeAll(async () => {
    fake = await FakePagerduty.start();
    const { company } = fake;
    ana = company.user('UANA', 'Ana', 'ana@tern.example');
    const cart = company.service('PCART', 'The cart');
    company.onCall('EPCART', ana, {
      start: iso(now - 60 * MINUTE),
      end: iso(now + 600 * MINUTE),
    });
    incident = company.trigger('Q1', cart, now - 20 * MINUTE, {
      priority: { id: 'PP', summary: 'P2' },
    });
    backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModulePagerduty,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            day2: {
              pagerduty: {
                accounts: [
                  {
                    name: 'main',
                    token: 't',
                    apiUrl: fake.url,
                    // No run of its own while the test lasts.
                    every: { hours: 6 },
                    webhook: { secrets: ['a-secret'] },
                  },
                ],
              },
            },
          },
        }),
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'cart',
                namespace: 'default',
                etag: 'cart',
                annotations: { 'pagerduty.com/service-id': 'PX, PCART' },
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
  });

  const url = () => {
    const { port } = backend.server.address() as { port: number };
    return `http://localhost:${port}/api/day2`;
  };

  async function until(isIt: (answer: Answer) => boolean): Promise<Answer> {
    const patience = Date.now() + 60_000;
    for (;;) {
      const response = await fetch(
        `${url()}/services/component/default/cart/incidents`,
      );
      const answer = (await response.json()) as Answer;
      if (response.ok && isIt(answer)) {
        return answer;
      }
      if (Date.now() > patience) {
        throw new Error(`waited too long, last ${JSON.stringify(answer)}`);
      }
      await wait(200);
    }
  }

  /** As PagerDuty sends it. */
  async function deliver(eventType: string, secret: string): Promise<number> {
    const body = JSON.stringify({
      event: { id: eventType, event_type: eventType, data: { id: 'Q1' } },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const { status } = await fetch(`${url()}/webhooks/pagerduty:main`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-pagerduty-signature': `v1=${signature}`,
      },
      body,
    });
    return status;
  }

  it('an incident of an annotated service shows with who is on call', async () => {
    const { items, onCall } = await until(
      answer => answer.items.length > 0 && answer.onCall.length > 0,
    );
    expect(items).toMatchObject([
      {
        title: 'Errors in The cart',
        state: 'open',
        references: [{ source: 'pagerduty:main', key: 'Q1' }],
      },
    ]);
    expect(onCall).toMatchObject([{ level: 1, person: { name: 'Ana' } }]);
  });

  it('a webhook has it read at once; one that is forged has nothing read', async () => {
    const { company } = fake;
    company.acknowledge(incident, now - 2 * MINUTE, ana);
    fake.requests.length = 0;
    expect(await deliver('incident.acknowledged', 'another')).toBe(401);
    expect(await deliver('incident.acknowledged', 'a-secret')).toBe(202);
    const { items } = await until(
      answer => answer.items[0]?.instants.acknowledgedAt.at !== undefined,
    );
    expect(Date.parse(items[0].instants.acknowledgedAt.at as string)).toBe(
      now - 2 * MINUTE,
    );
    company.resolve(incident, now - MINUTE, ana);
    expect(await deliver('incident.resolved', 'a-secret')).toBe(202);
    await until(answer => answer.items[0]?.state === 'resolved');
    // The log each time, whatever the deliveries said.
    expect(fake.asked('/log_entries')).toHaveLength(2);
  });
});
