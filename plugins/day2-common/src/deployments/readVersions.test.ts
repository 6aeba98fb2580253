import { wants, syncs, healthy, derive, table } from './__testUtils__/synced';
import type { SourceObservation } from './sequenceObservation';

describe('the version of a revision whose place is not known', () => {
  const images = [
    { repository: 'docker.io/library/redis', tag: '7' },
    { repository: 'ghcr.io/tern/cart', tag: 'v9' },
  ];
  const unknown = { positionOf: () => undefined };

  it('the commit itself needs no look-up', () => {
    expect(
      table(derive([wants(4, 60, 'v2'), syncs(1, 62, 4)], unknown)),
    ).toEqual(['v2 succeeded synced 62 4']);
  });

  it.each<[string, string | undefined, string[], SourceObservation[]]>([
    ['the image that Git knows', 'other', [], [wants(1, 0, 'v1')]],
    ['the image of the annotation', 'redis', ['ghcr.io/tern/cart'], []],
    ['the image named like the application', 'cart', [], []],
    ['the image that resembles it', 'cart-production', [], []],
  ])('%s', (_, application, own, before) => {
    const about = { subject: 'u1', application };
    const derived = derive(
      [
        ...before,
        syncs(1, 62, 4, { about }),
        healthy(1, 63, 4, { about, images }),
      ],
      { ...unknown, images: own },
    );
    expect(derived.at(-1)).toMatchObject({
      version: 'v9',
      basis: 'healthy',
      line: 'cart',
      versionNote: expect.stringContaining('image that ran'),
    });
  });

  it('the first image, else the revision, with the reason', () => {
    const about = { subject: 'u1', application: 'shop' };
    expect(
      derive([healthy(1, 63, 4, { about, images })], unknown),
    ).toMatchObject([{ version: '7', line: 'redis' }]);
    expect(derive([syncs(1, 62, 4)], unknown)).toMatchObject([
      {
        version: '00000000',
        versionNote: expect.stringContaining('role gitops'),
      },
    ]);
    expect(
      derive([wants(1, 0, 'v1'), syncs(1, 62, 4)], unknown).at(-1),
    ).toMatchObject({
      version: '00000000',
      versionNote: expect.stringContaining('as read so far'),
    });
    expect(
      derive([wants(1, 0, 'v1'), syncs(1, 62, 4)], {
        positionOf: () => ({ repository: 'gitops' }),
      }).at(-1)?.versionNote,
    ).toContain('not on the branch');
  });
});
