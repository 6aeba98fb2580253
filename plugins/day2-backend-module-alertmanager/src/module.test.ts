import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { day2ModuleAlertmanager } from './module';

describe('the module', () => {
  it('adds a source for each instance; a broken one says why and hides no other', async () => {
    const sources: Source[] = [];
    const url = 'https://alertmanager.tern.example';
    const backend = await startTestBackend({
      extensionPoints: [
        [
          day2SourcesExtensionPoint,
          { addSource: source => sources.push(source) },
        ],
      ],
      features: [
        day2ModuleAlertmanager,
        mockServices.rootConfig.factory({
          data: {
            day2: {
              alertmanager: {
                instances: [
                  { name: 'broken', url, webhook: { token: 'secret token' } },
                  { name: 'eu', url, webhook: { token: 'secret-token' } },
                  { name: 'us', url, token: 'secret-token' },
                ],
              },
            },
          },
        }),
      ],
    });
    await backend.stop();
    expect(
      sources.map(({ id, detail, webhook }) => [id, detail, webhook?.kind]),
    ).toEqual([
      ['alertmanager:broken', 'not usable as configured', undefined],
      ['alertmanager:eu', 'webhook and API', 'record'],
      ['alertmanager:us', 'API alone', undefined],
    ]);
    expect((await collect(sources[0])).error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('instances[0].webhook.token'),
    });
    expect(JSON.stringify(sources)).not.toMatch(/secret.token/);
  });
});
