import { scrubItem, scrubTrouble } from './scrub';

describe('scrubTrouble', () => {
  it.each([
    [
      'no repository at /srv/git/payments.git.',
      'no repository at …/payments.git.',
    ],
    ["fatal: '/srv/git/shop' is none", "fatal: '…/shop' is none"],
    ['file:///home/ana/day2/shop.git is gone', '…/shop.git is gone'],
    ['file:/home/ana/shop', '…/shop'],
    ['remote=/var/lib/day2/', 'remote=…/'],
    // No path of the machine: as it was.
    ['https://host.example/a/b/c answered 500', undefined],
    ['git@host.example:/team/shop.git', undefined],
    ['apps/cart/overlays/prod.yaml: and/or', undefined],
  ])('makes of %j', (text, expected) => {
    expect(scrubTrouble(text)).toBe(expected ?? text);
  });

  it('reads long hostile text in a moment', () => {
    const began = Date.now();
    scrubTrouble('/a'.repeat(10_000));
    scrubTrouble('file:/'.repeat(3_000));
    scrubTrouble(`/${'a'.repeat(19_000)}`);
    expect(Date.now() - began).toBeLessThan(1000);
  });
});

describe('scrubItem', () => {
  it('names no path of the machine', () => {
    expect(
      scrubItem({
        subject: { repositoryUrls: ['/srv/git/shop.git', 'tern/shop'] },
        url: 'file:///srv/git/shop.git',
      }),
    ).toBe(
      '{"subject":{"repositoryUrls":["…/shop.git","tern/shop"]},"url":"…/shop.git"}',
    );
  });
});
