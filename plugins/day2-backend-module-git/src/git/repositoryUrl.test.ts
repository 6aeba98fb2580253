import { parseRepositoryUrl, repositoryNameOf } from './repositoryUrl';

describe('parseRepositoryUrl', () => {
  it.each([
    [
      'https://host/a/b.git',
      'http',
      'https://host/a/b.git',
      'https://host/a/b.git',
    ],
    [
      'https://me:pa%40ss@host/a.git',
      'http',
      'https://host/a.git',
      'https://host/a.git',
    ],
    [
      'ssh://git@host:22/a/b',
      'ssh',
      'ssh://git@host:22/a/b',
      'ssh://host:22/a/b',
    ],
    [
      'git@github.com:a/b.git',
      'ssh',
      'git@github.com:a/b.git',
      'github.com:a/b.git',
    ],
  ])('%s', (text, kind, remote, shown) => {
    expect(parseRepositoryUrl(text)).toMatchObject({ kind, remote, shown });
  });

  it('takes credentials out of the address', () => {
    expect(
      parseRepositoryUrl('https://me:pa%40ss@host/a.git').credentials,
    ).toEqual({
      username: 'me',
      password: 'pa@ss',
    });
  });

  it.each([
    './x',
    '/srv/x.git',
    'file:/srv/x.git',
    'file:///srv/x.git',
    'file:x',
  ])('%s is on this machine', text => {
    const { kind, path } = parseRepositoryUrl(text);
    expect(kind).toBe('file');
    expect(path).toMatch(/^\/.*x/);
  });

  it.each([
    '',
    '--upload-pack=touch /tmp/x',
    'ext::sh -c touch% /tmp/x',
    'git://host/a.git',
    'ftp://host/a.git',
    'foo://x/',
    'https://',
    'https://-x/a',
    'git@host:-oProxyCommand=x',
    'https://host/a\nb',
    'https://host/a.git?private_token=secret',
    'https://host/a.git#secret',
    'https://host/a.git?',
    'ssh://git@host/a?x=secret',
    'git@-h:x',
    '-u@host:x',
    'git@host :x',
    'ssh://-h/x',
    'ssh://%2Dh/x',
    'ssh://-u@host/x',
  ])('%j is refused', text => {
    expect(() => parseRepositoryUrl(text)).toThrow();
  });

  it('says what to do about a query, and does not repeat it', () => {
    expect(() => parseRepositoryUrl('https://host/a?t=secret')).toThrow(
      /query.*integrations/,
    );
    expect(() => parseRepositoryUrl('https://host/a?t=secret')).not.toThrow(
      /secret/,
    );
  });

  it.each([
    ['https://host/a/tern-gitops.git', 'tern-gitops'],
    ['git@github.com:a/b.git', 'b'],
    ['https://host/', 'host'],
    ['https://host/a/%20', '20'],
  ])('%s is named %s', (text, name) => {
    expect(repositoryNameOf(parseRepositoryUrl(text))).toBe(name);
  });
});
