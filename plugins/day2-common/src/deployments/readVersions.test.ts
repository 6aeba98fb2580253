import {
  wants,
  syncs,
  healthy,
  derive,
  sha,
  table,
} from './__testUtils__/synced';
import type { SourceObservation } from './sequenceObservation';

describe('the version of a sync of several sources', () => {
  const charts = 'https://git.tern.example/tern/charts.git';
  const values = 'https://git.tern.example/tern/gitops.git';
  const sync = (id: number, at: number, chart: number, value: number) =>
    syncs(id, at, 0, {
      manifestRevision: { repository: charts, sha: sha(900 + chart) },
      otherRevisions: [{ repository: values, sha: sha(value) }],
    });
  const said = [
    wants(1, 0, 'v1'),
    sync(0, 2, 1, 1),
    wants(4, 60, 'v2'),
    // Another chart alone, then another version.
    sync(1, 30, 2, 2),
    sync(2, 63, 2, 5),
  ];
  const placeOf = ({
    repository,
    sha: of,
  }: {
    repository: string;
    sha: string;
  }) =>
    repository === values
      ? { repository: 'gitops', position: parseInt(of, 16) }
      : undefined;

  it('is read from the one that asks for it', () => {
    const deployments = derive(said, { positionOf: placeOf });
    expect(table(deployments)).toEqual([
      'v1 succeeded synced 2 1',
      'v2 succeeded synced 63 4',
    ]);
    expect(deployments.map(({ versionNote }) => versionNote)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is so too where the other repository is known as well, and asks for nothing', () => {
    expect(
      table(
        derive(said, {
          positionOf: revision =>
            placeOf(revision) ?? {
              repository: 'charts',
              position: parseInt(revision.sha, 16),
            },
        }),
      ),
    ).toEqual(['v1 succeeded synced 2 1', 'v2 succeeded synced 63 4']);
  });

  it('where none is known it is said of the first, else of the one that asks', () => {
    const note = (positionOf: Parameters<typeof derive>[1]) =>
      derive([wants(4, 60, 'v2'), sync(2, 63, 2, 3)], positionOf).at(-1)
        ?.versionNote;
    expect(note({ positionOf: () => undefined })).toContain(charts);
    expect(note({ positionOf: placeOf })).toContain('older than what is read');
  });
});

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

  it.each<[string, SourceObservation[]]>([
    ['named like the application', []],
    ['that Git knows', [wants(1, 0, 'v1')]],
  ])('of several versions of the image %s none', (_, before) => {
    const two = [...images, { repository: 'ghcr.io/tern/cart', tag: 'v8' }];
    expect(
      derive([...before, syncs(1, 62, 4, { images: two })], unknown).at(-1),
    ).toMatchObject({ version: '00000000', versionNote: expect.any(String) });
    const same = [...images, { repository: 'mirror.example/cart', tag: 'v9' }];
    expect(derive([syncs(1, 62, 4, { images: same })], unknown)).toMatchObject([
      { version: 'v9' },
    ]);
  });

  it('the images of the sync itself, before those of the word that it was healthy', () => {
    const was = [{ repository: 'ghcr.io/tern/cart', tag: 'v8' }];
    expect(
      derive(
        [syncs(1, 62, 4, { images }), healthy(1, 63, 4, { images: was })],
        unknown,
      ),
    ).toMatchObject([{ version: 'v9', basis: 'healthy' }]);
  });

  it('a sync of a configuration, whose images are those that ran, is none', () => {
    expect(
      table(
        derive(
          [
            syncs(0, 2, 1),
            healthy(0, 3, 1, { images }),
            syncs(1, 62, 4, { images }),
          ],
          unknown,
        ),
      ),
    ).toEqual(['v9 succeeded healthy 3 ']);
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
