import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
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
      maxMirrorBytes: 10 * 1024 ** 3,
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
    ['a duration', { every: 'x' }, 'day2.git.repositories[0].every'],
    ['a text', { role: 5 }, 'day2.git.repositories[0].role'],
    ['a list', { tags: 'x' }, 'day2.git.repositories[0].tags'],
    ['an item', { patterns: [5] }, 'day2.git.repositories[0].patterns[0]'],
    ['a text', { tags: [{ match: {} }] }, 'repositories[0].tags[0].match'],
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

  it.each<[string, JsonValue, string]>([
    ['a text', 'https://host/x.git', 'day2.git.repositories[0]: must be'],
    ['nothing', null, 'day2.git.repositories[0]: must be'],
    ['a list', [], 'day2.git.repositories[0]: must be'],
    ['a number', 5, 'day2.git.repositories[0]: must be'],
    ['an empty one', {}, 'day2.git.repositories[0]'],
  ])('%s as an entry hides no other', (_, entry, words) => {
    const [first, second] = read(entry as JsonObject, good);
    expect(isBroken(first) && first.problem).toContain(words);
    expect(second).toMatchObject({ name: 'x', role: 'gitops' });
  });

  it.each<[JsonValue, string]>([
    [5, 'day2.git: must be'],
    [['x'], 'day2.git: must be'],
    [{ directory: 5, repositories: [good] }, 'day2.git.directory: must be'],
    [{ repositories: 'x' }, 'day2.git.repositories: must be'],
    [{ maxMirrorSize: 'much' }, 'day2.git.maxMirrorSize: must be'],
  ])('day2.git: %j is said and stops nothing', (git, words) => {
    const { repositories } = readGitConfig(new ConfigReader({ day2: { git } }));
    expect(repositories).toMatchObject([
      { problem: expect.stringContaining(words) },
    ]);
  });

  it('reads the largest size of a mirror', () => {
    const git = { maxMirrorSize: '1.5 GB' };
    expect(
      readGitConfig(new ConfigReader({ day2: { git } })).maxMirrorBytes,
    ).toBe(1.5 * 1024 ** 3);
  });

  it('says keys that nobody reads', () => {
    const [entry] = read({
      ...good,
      rolle: 'x',
      tags: [{ match: '(?<sha>x)', mach: 'x' }],
    });
    expect(isBroken(entry) ? [] : entry.notices).toEqual([
      expect.stringContaining('day2.git.repositories[0].rolle is not known'),
      expect.stringContaining('repositories[0].tags[0].mach is not known'),
    ]);
  });

  it.each<[JsonObject, number]>([
    [{ years: 30 }, 7 * 86_400],
    [{ milliseconds: 1 }, 5],
    [{ seconds: -3 }, 5],
  ])('every: %j is bounded, and says so', (every, seconds) => {
    expect(read({ ...good, every })[0]).toMatchObject({
      everySeconds: seconds,
      notices: [expect.stringContaining('repositories[0].every is bounded')],
    });
  });
});
