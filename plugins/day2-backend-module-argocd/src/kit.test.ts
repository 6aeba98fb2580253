import { runConnectorKit } from '@day2/backstage-plugin-day2-node/testUtils';
import { createApplication } from './__testUtils__/applications';
import { createSource } from './__testUtils__/createSource';
import { FakeArgocd } from './__testUtils__/FakeArgocd';

const count = 60;

runConnectorKit({
  name: 'argocd',
  async start() {
    const fake = await FakeArgocd.start();
    for (let n = 0; n < count; n += 1) {
      fake.apps.push(
        createApplication({
          name: `app-${n}`,
          namespace: n % 2 === 0 ? 'argocd' : 'team-a',
          syncs: 1 + (n % 3),
        }),
      );
    }
    return {
      url: fake.url,
      close: () => fake.close(),
      minimum: { observations: count * 4, batches: 3 },
      async breakItems() {
        delete fake.apps[3].metadata.uid;
        Object.assign(fake.apps[4], { spec: 'none' });
        (fake.apps[5].status as any).history[0].deployedAt = 'yesterday';
        return {
          stillThere: [
            'app:uid-argocd-app-0',
            'app:uid-team-a-app-5',
            'uid-argocd-app-2:0',
          ],
          unreadable: 3,
        };
      },
      async dropThird() {
        fake.apps.splice(0, Math.ceil(count / 3));
      },
      async addItem() {
        fake.apps.push(createApplication({ name: `app-${fake.apps.length}` }));
      },
    };
  },
  async create({ url, timeoutMs, secret }) {
    return createSource({ url, token: secret }, { timeoutMs });
  },
});
