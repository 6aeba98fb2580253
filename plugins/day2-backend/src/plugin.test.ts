import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { day2Plugin } from './plugin';

describe('day2Plugin', () => {
  it('starts and answers', async () => {
    const { server } = await startTestBackend({
      features: [
        day2Plugin,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'cart' },
              spec: { type: 'service', owner: 'storefront', system: 'shop' },
            },
          ],
        }),
      ],
    });
    const document = await request(server).get('/api/day2/openapi.json');
    expect(document.status).toBe(200);
    expect(document.body.paths['/deployments'].post.operationId).toBe(
      'createDeployment',
    );
    const summary = await request(server).get(
      '/api/day2/services/component/default/cart/summary',
    );
    expect(summary.body).toMatchObject({
      service: {
        ref: 'component:default/cart',
        owner: 'group:default/storefront',
      },
    });
    const missing = await request(server)
      .get('/api/day2/services/component/default/none/summary')
      .set('authorization', mockCredentials.none.header());
    expect(missing.status).toBe(401);
  });
});
