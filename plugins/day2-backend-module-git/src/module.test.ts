import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { day2ModuleGit } from './module';

describe('the module', () => {
  it('adds a source for each repository; a broken one says why and hides no other', async () => {
    const sources: Source[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          day2SourcesExtensionPoint,
          { addSource: source => sources.push(source) },
        ],
      ],
      features: [
        day2ModuleGit,
        mockServices.rootConfig.factory({
          data: {
            day2: {
              git: {
                repositories: [
                  { name: 'broken', url: 'https://host/x', role: 'other' },
                  'https://host/y.git',
                  {
                    name: 'cart',
                    url: 'https://github.com/tern/cart.git',
                    role: 'application',
                    slug: 'shop/cart',
                    token: 'secret-token',
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
      'git:broken',
      'git:repository-2',
      'git:cart',
    ]);
    expect((await collect(sources[0])).error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('repositories[0].role'),
    });
    expect(sources[2]).toMatchObject({
      url: 'https://github.com/tern/cart',
      aliases: [
        'cart',
        'https://github.com/tern/cart.git',
        'https://github.com/tern/cart',
        'shop/cart',
      ],
      kinds: ['change', 'commit', 'tag'],
    });
    expect(JSON.stringify(sources)).not.toContain('secret-token');
  });
});
