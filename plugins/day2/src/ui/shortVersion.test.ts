import { shortVersion } from './shortVersion';

const sha = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';
const digest = `${sha}1a2b3c4d5e6f7a8b9c0d1a2b`;

describe('shortVersion', () => {
  it.each([
    [sha, '1a2b3c4d5e6f'],
    [`main-${sha}`, 'main-1a2b3c4d5e6f'],
    [`sha256:${digest}`, 'sha256:1a2b3c4d5e6f'],
    [`tern/api@sha256:${digest}`, 'tern/api@sha256:1a2b3c4d5e6f'],
    [`${sha} → ${digest}`, '1a2b3c4d5e6f → 1a2b3c4d5e6f'],
    [`Deployed ${sha}`, 'Deployed 1a2b3c4d5e6f'],
  ])('%s becomes %s', (text, short) => {
    expect(shortVersion(text)).toBe(short);
  });

  it.each([
    '2.41.0',
    'v2.41.0-rc.1',
    `2.41.0+${sha}`,
    `v2.41.0-${sha}`,
    `2.41.0-rc.1+build.${sha}`,
    '1a2b3c4',
    '20261120120000',
    `9${'0'.repeat(39)}`,
    'a-version-with-a-name-that-is-really-quite-long',
  ])('%s stays', text => {
    expect(shortVersion(text)).toBe(text);
  });

  it('cuts beside a semantic version', () => {
    expect(shortVersion(`2.41.0+${sha} → ${sha}`)).toBe(
      `2.41.0+${sha} → 1a2b3c4d5e6f`,
    );
  });
});
