import { resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
} from '@backstage/plugin-catalog-node';
import { generatedLocationCatalogModule } from './generatedLocationCatalogModule';

async function providersOf(options: {
  generatedCatalog?: string;
}): Promise<EntityProvider[]> {
  const providers: EntityProvider[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addProcessor: () => {},
          addEntityProvider: (...added) => {
            providers.push(...(added.flat() as EntityProvider[]));
          },
          addPlaceholderResolver: () => {},
          setOnProcessingErrorHandler: () => {},
        },
      ],
    ],
    features: [
      generatedLocationCatalogModule,
      mockServices.rootConfig.factory({ data: { portal: options } }),
    ],
  });
  await backend.stop();
  return providers;
}

describe('generatedLocationCatalogModule', () => {
  it('adds the file as a location that may be absent', async () => {
    const [provider] = await providersOf({
      generatedCatalog: '../gitops/catalog.yaml',
    });
    const applyMutation = jest.fn();
    const refresh = jest.fn();

    await provider.connect({ applyMutation, refresh });

    expect(applyMutation).toHaveBeenCalledTimes(1);
    expect(applyMutation).toHaveBeenCalledWith({
      type: 'full',
      entities: [
        expect.objectContaining({
          entity: expect.objectContaining({
            kind: 'Location',
            spec: {
              type: 'file',
              target: resolve('../gitops/catalog.yaml'),
              presence: 'optional',
            },
          }),
        }),
      ],
    });
  });

  it('has the file read again at each start', async () => {
    const [provider] = await providersOf({ generatedCatalog: 'catalog.yaml' });
    const order: string[] = [];
    const refresh = jest.fn(async (_options: { keys: string[] }) => {
      order.push('refresh');
    });

    await provider.connect({
      applyMutation: async () => {
        order.push('applyMutation');
      },
      refresh,
    });

    expect(order).toEqual(['applyMutation', 'refresh']);
    expect(refresh).toHaveBeenCalledWith({
      keys: [`file:${resolve('catalog.yaml')}`],
    });
  });

  it('adds nothing where none is configured', async () => {
    await expect(providersOf({})).resolves.toEqual([]);
  });
});
