import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { day2ModulePrometheus } from './module';

describe('the module', () => {
  it('adds a source for each instance; a broken one says why and hides no other', async () => {
    const sources: Source[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          day2SourcesExtensionPoint,
          { addSource: source => sources.push(source) },
        ],
      ],
      features: [
        day2ModulePrometheus,
        mockServices.rootConfig.factory({
          data: {
            day2: {
              prometheus: {
                instances: [
                  { name: 'broken', url: 'nowhere', token: 'secret-token' },
                  {
                    name: 'eu',
                    url: 'https://prometheus.tern.example',
                    token: 'secret-token',
                    default: true,
                  },
                ],
              },
            },
          },
        }),
      ],
    });
    await backend.stop();
    expect(sources.map(({ id }) => id)).toEqual([
      'prometheus:broken',
      'prometheus:eu',
    ]);
    expect((await collect(sources[0])).error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('instances[0].url'),
    });
    expect(sources[1]).toMatchObject({
      url: 'https://prometheus.tern.example',
      detail: 'objectives that name it, or none',
      kinds: ['measurement'],
      measures: { names: ['eu'], isDefault: true },
    });
    expect(JSON.stringify(sources)).not.toContain('secret-token');
  });
});
