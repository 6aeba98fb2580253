import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBroken, readGitConfig } from './config';

function read(...repositories: JsonObject[]) {
  return readGitConfig(new ConfigReader({ day2: { git: { repositories } } }))
    .repositories;
}

const good = { name: 'x', url: 'https://host/x.git', role: 'gitops' };

describe('readGitConfig', () => {
  it('has defaults', () => {
    expect(readGitConfig(new ConfigReader({}))).toEqual({
      directory: './mirrors',
      repositories: [],
    });
    expect(read(good)[0]).toMatchObject({ name: 'x', everySeconds: 60 });
    expect(read({ url: 'https://host/a/y.git', role: 'gitops' })[0].name).toBe(
      'y',
    );
  });

  it.each<[string, JsonObject, string]>([
    ['a role', { role: 'other' }, 'repositories[0].role'],
    ['a url', { url: 'ext::sh -c x' }, 'repositories[0].url'],
    ['a branch', { branch: '--upload-pack=x' }, 'repositories[0].branch'],
    ['a branch', { branch: 'a..b' }, 'repositories[0].branch'],
    ['a name', { name: '../x' }, 'repositories[0].name'],
    ['a date', { since: 'yesterday' }, 'repositories[0].since'],
    ['a link', { webUrl: 'https://me:x@host/' }, 'repositories[0].webUrl'],
    ['half a credential', { username: 'me' }, 'repositories[0]'],
    ['a pattern', { environments: [{ path: '(' }] }, 'environments[0].path'],
    ['a group', { patterns: [{ files: 'x', match: 'x' }] }, '(?<version>…)'],
    ['a group', { tags: [{ match: 'x' }] }, '(?<sha>…)'],
  ])('names the key of what is wrong with %s', (_, options, key) => {
    const [entry] = read({ ...good, ...options });
    expect(isBroken(entry) && entry.problem).toContain(key);
  });

  it('keeps the others where one is broken, and two of one name apart', () => {
    const [first, second, third] = read(
      { ...good, role: 'x' },
      { ...good, name: 'y' },
      { ...good, name: 'y' },
    );
    expect([isBroken(first), isBroken(second), isBroken(third)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(new Set([first, second, third].map(({ name }) => name)).size).toBe(
      3,
    );
  });
});
