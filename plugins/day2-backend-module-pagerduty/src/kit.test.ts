import { runConnectorKit } from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { FakePagerduty } from './__testUtils__/FakePagerduty';

const count = 240;
const HOUR = 3_600_000;

runConnectorKit({
  name: 'pagerduty',
  async start() {
    const fake = await FakePagerduty.start();
    const { company } = fake;
    // Twenty days up to now: nothing new is told of what was long ago.
    const now = Math.floor(Date.now() / 1000) * 1000;
    const start = now - (count + 12) * 2 * HOUR;
    const ana = company.user('UANA', 'Ana', 'Ana@tern.example');
    const services = ['PCART', 'PPAY', 'PSHIP'].map(id => {
      company.onCall(`E${id}`, ana);
      return company.service(id);
    });
    const add = (n: number) => {
      const ms = start + n * 2 * HOUR;
      const incident = company.trigger(`Q${n}`, services[n % 3], ms);
      company.acknowledge(incident, ms + 60_000, ana);
      if (n % 20 === 0) {
        company.note(incident, ms + 90_000, 'since v1.2.3');
      }
      if (n % 30 !== 0) {
        company.resolve(incident, ms + (n % 7 === 0 ? 5 * HOUR : 600_000));
      }
      return incident;
    };
    for (let n = 0; n < count; n += 1) {
      add(n);
    }
    return {
      url: fake.url,
      close: () => fake.close(),
      minimum: { observations: count + 3, batches: 5 },
      async breakItems() {
        company.incidents[3].service = null;
        company.incidents[4].created_at = 'yesterday';
        company.incidents[30].status = 'unheard of';
        return {
          stillThere: ['Q0', 'Q5', 'Q31', 'on-call:PCART'],
          unreadable: 3,
        };
      },
      async dropThird() {
        company.incidents.splice(0, Math.ceil(count / 3));
      },
      async addItem() {
        add(count + 6);
      },
    };
  },
  async create({ url, timeoutMs, secret }) {
    return createSource({ apiUrl: url, token: secret }, { timeoutMs });
  },
});
