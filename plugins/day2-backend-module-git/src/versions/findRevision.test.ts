import { findRevision } from './findRevision';

const sha = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';

describe('findRevision', () => {
  it.each<[string, { sha?: string; tag?: string } | undefined]>([
    [sha, { sha }],
    [`main-${sha}`, { sha }],
    ['6eaf9b6', { sha: '6eaf9b6' }],
    ['6EAF9B6', { sha: '6eaf9b6' }],
    ['v3.2.0-1a2b3c4d', { sha: '1a2b3c4d', tag: 'v3.2.0-1a2b3c4d' }],
    ['main-6eaf9b6-1699', { sha: '6eaf9b6', tag: 'main-6eaf9b6-1699' }],
    ['sha-6eaf9b6', { sha: '6eaf9b6', tag: 'sha-6eaf9b6' }],
    ['sha-1234567', { sha: '1234567', tag: 'sha-1234567' }],
    ['6eaf9b6_build', { sha: '6eaf9b6', tag: '6eaf9b6_build' }],
    ['v1.4.0-3-g6eaf9b6', { sha: '6eaf9b6', tag: 'v1.4.0-3-g6eaf9b6' }],
    // Digits only: a SHA after a semantic version, unless it may be a date or a time.
    ['3.2.0-12345678', { sha: '12345678', tag: '3.2.0-12345678' }],
    ['3.2.0-20261121', { tag: '3.2.0-20261121' }],
    ['3.2.0-1795227348', { tag: '3.2.0-1795227348' }],
    ['main-20261121093000', { tag: 'main-20261121093000' }],
    ['20261121', { tag: '20261121' }],
    ['build-1234567', { tag: 'build-1234567' }],
    ['1699', { tag: '1699' }],
    // Words of hexadecimal letters are words.
    ['feedface', { tag: 'feedface' }],
    ['v1.10', { tag: 'v1.10' }],
    ['2.0.0-rc1', { tag: '2.0.0-rc1' }],
    ['latest', undefined],
    ['main', undefined],
    [
      'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      undefined,
    ],
  ])('%s', (name, wanted) => {
    const found = findRevision({ version: { name }, patterns: [] });
    expect(found && { sha: found.sha, tag: found.tag }).toEqual(
      wanted && { sha: undefined, tag: undefined, ...wanted },
    );
  });

  it('reads the tag of an image rather than its name with a digest', () => {
    expect(
      findRevision({
        version: {
          name: 'main@sha256:2c26b46b68ff',
          image: { tag: 'main-6eaf9b6' },
        },
        patterns: [],
      })?.sha,
    ).toBe('6eaf9b6');
  });

  it('takes a configured pattern first', () => {
    expect(
      findRevision({
        version: { name: 'rel.42.deadbee.x' },
        patterns: [{ match: /^rel\.\d+\.(?<sha>[0-9a-f]+)/ }],
      }),
    ).toMatchObject({
      sha: 'deadbee',
      found: expect.stringContaining('configured'),
    });
  });
});
