import { TestDatabases } from '@backstage/backend-test-utils';
import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import { objective } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'what is told of an objective names its service, the burn and the budget, on %s',
  async id => {
    const { hub, measure } = await startObjectives(await databases.init(id));
    hub.effects = [{ id: 'teller', kinds: ['objective'], async deliver() {} }];
    await hub.database('service').update({ title: 'Payments\nAPI' });
    await hub.observe('openslo:catalog', [
      objective({
        service: 'payments-api',
        version: 1,
        objective: { target: 0.99 },
      }),
    ]);
    await hub.derive();
    hub.time += 90_000;
    await measure(() => ({ bad: 0, total: 100 }));
    for (let n = 0; n < 12; n += 1) {
      hub.time += SLOT_MS;
      await measure(() => ({ bad: 50, total: 100 }));
    }
    const [first]: string[] = await hub
      .database('effect')
      .orderBy('seq')
      .pluck('request');
    const { title, text, to, path, services } = JSON.parse(
      first,
    ) as EffectRequest;
    expect({ to, services }).toEqual({
      to: 'page',
      services: ['component:default/payments-api'],
    });
    expect(title).toBe(
      'Payments API: objective availability burns its error budget fast',
    );
    expect(text).toMatch(
      /^Burns \d+(\.\d)? times too fast over 15 min; \d+(\.\d)? % of the budget is left$/,
    );
    expect(path).toContain('/day2/objectives?q=');
  },
);
