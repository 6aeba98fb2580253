import { runConnectorKit } from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { FakeAlertmanager, rawAlert } from './__testUtils__/FakeAlertmanager';

const count = 270;

runConnectorKit({
  name: 'alertmanager',
  async start() {
    const fake = await FakeAlertmanager.start();
    fake.alerts = Array.from({ length: count }, (_, n) => rawAlert(n));
    fake.alerts[7].status = {
      state: 'suppressed',
      silencedBy: ['a-silence'],
      inhibitedBy: [],
    };
    fake.silences = [
      { id: 'a-silence', comment: 'known', endsAt: '2026-11-21T00:00:00Z' },
    ];
    return {
      url: fake.url,
      close: () => fake.close(),
      minimum: { observations: count, batches: 3 },
      async breakItems() {
        Object.assign(fake.alerts[3], { labels: 'none' });
        fake.alerts[4].startsAt = '0001-01-01T00:00:00.000Z';
        fake.alerts[5].updatedAt = 'yesterday';
        return {
          stillThere: [fake.alerts[2].fingerprint, fake.alerts[6].fingerprint],
          unreadable: 3,
        };
      },
      async dropThird() {
        fake.alerts.splice(0, Math.ceil(count / 3));
      },
      async addItem() {
        fake.alerts.push(rawAlert(fake.alerts.length + 1_000));
      },
    };
  },
  async create({ url, timeoutMs, secret }) {
    return createSource(
      { url, token: secret, webhook: { token: `${secret}-hook` } },
      { timeoutMs },
    );
  },
});
