import type { Entity } from '@backstage/catalog-model';
import { serviceFromEntity } from './serviceFromEntity';

const entity = (more: {
  metadata?: object;
  spec?: Record<string, unknown>;
}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'Cart', ...more.metadata },
  spec: more.spec as never,
});

describe('serviceFromEntity', () => {
  it('takes full, lower-case refs by the defaults of the catalog', () => {
    expect(
      serviceFromEntity(
        entity({
          metadata: { namespace: 'shop' },
          spec: {
            owner: 'Payments',
            system: 'default/checkout',
            dependsOn: ['component:ledger', 'resource:default/db', 'API:x'],
          },
        }),
      ),
    ).toMatchObject({
      ref: 'component:shop/cart',
      owner: 'group:shop/payments',
      system: 'system:default/checkout',
      dependsOn: ['component:shop/ledger', 'resource:default/db', 'api:shop/x'],
    });
  });

  it.each([
    ['1', 1],
    [' 4 ', 4],
    ['0', undefined],
    ['5', undefined],
    ['one', undefined],
  ])('reads tier %j', (value, tier) => {
    expect(
      serviceFromEntity(
        entity({ metadata: { annotations: { 'day2/tier': value } } }),
      ).tier,
    ).toBe(tier);
  });

  it('keeps the annotations it reads, and no other', () => {
    const { annotations } = serviceFromEntity(
      entity({
        metadata: {
          annotations: {
            'github.com/project-slug': 'tern/cart',
            'pagerduty.com/integration-key': 'secret',
          },
        },
      }),
    );
    expect(annotations).toEqual({ 'github.com/project-slug': 'tern/cart' });
  });

  it('keeps only links that a browser may follow', () => {
    const { links } = serviceFromEntity(
      entity({
        metadata: {
          links: [
            { url: 'https://ok.example', title: 'Ok' },
            { url: 'vbscript:alert(1)' },
          ],
        },
      }),
    );
    expect(links).toEqual([{ url: 'https://ok.example', title: 'Ok' }]);
  });

  it('leaves out what is malformed', () => {
    expect(
      serviceFromEntity(
        entity({
          spec: { owner: 7, system: ':::', dependsOn: 'cart', type: {} },
        }),
      ),
    ).toMatchObject({
      owner: undefined,
      system: undefined,
      dependsOn: [],
      type: undefined,
    });
  });

  it('reads former refs', () => {
    expect(
      serviceFromEntity(
        entity({
          metadata: {
            annotations: {
              'day2/previous-refs': 'basket, component:old/Cart,, basket',
            },
          },
        }),
      ).previousRefs,
    ).toEqual(['component:default/basket', 'component:old/cart']);
  });

  it('tells changed entities without an etag apart', () => {
    const [a, b, c] = ['x', 'x', 'y'].map(
      owner => serviceFromEntity(entity({ spec: { owner } })).etag,
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});
