import { runConnectorKit } from '@day2/backstage-plugin-day2-node/testUtils';
import { askedFor } from './__testUtils__/askedFor';
import { createSource } from './__testUtils__/createSource';
import { FakePrometheus, refusalOf } from './__testUtils__/FakePrometheus';
import { wantedOf } from './__testUtils__/wantedOf';

const DAY_MS = 86_400_000;
const to = Date.UTC(2026, 10, 21, 14, 5);
let fake: FakePrometheus;
let count: number;

const wanted = () =>
  Array.from({ length: count }, (_, n) =>
    wantedOf({
      id: `slo-${n}`,
      events: `bad_${n}`,
      total: `all_${n}`,
      missing: [{ from: to - 9 * DAY_MS, to }],
    }),
  );

function add() {
  const n = count;
  fake.series.set(`bad_${n}`, at => String((at / 300) % 7));
  fake.series.set(`all_${n}`, at => String(100 + ((at / 300) % 11)));
  count += 1;
}

runConnectorKit({
  name: 'prometheus',
  async start() {
    fake = await FakePrometheus.start();
    count = 0;
    for (let n = 0; n < 7; n += 1) {
      add();
    }
    return {
      url: fake.url,
      close: () => fake.close(),
      minimum: { observations: 7 * 2, batches: 2 },
      async breakItems() {
        fake.sick.set('bad_3', () =>
          refusalOf(400, 'bad_data', 'parse error: unexpected "}"'),
        );
        fake.sick.set('all_4', () =>
          refusalOf(422, 'execution', 'too many samples'),
        );
        return { stillThere: ['slo-2 ', 'slo-5 ', 'slo-6 '], unreadable: 2 };
      },
      async dropThird() {
        count -= 3;
      },
      async addItem() {
        add();
      },
    };
  },
  async create({ url, timeoutMs, secret }) {
    return askedFor(
      createSource({ url, token: secret }, { timeoutMs }),
      wanted,
    );
  },
});
