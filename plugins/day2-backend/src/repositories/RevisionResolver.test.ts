import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { RevisionResolver } from './RevisionResolver';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

const shas = {
  letters: `1a2b3c4d${'0'.repeat(32)}`,
  digits: `74692318${'a'.repeat(32)}`,
  twin: `74692319${'b'.repeat(32)}`,
  word: `acddfdbc${'d'.repeat(32)}`,
  tagged: `c0ffee11${'c'.repeat(32)}`,
};

describe.each(databases.eachSupportedId())('RevisionResolver on %s', id => {
  let database: Knex;

  beforeAll(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
    await database('git_commit').insert(
      Object.values(shas).map((sha, position) => ({
        repository: 'web',
        sha,
        parents: '',
        position,
        title: 'x',
        source: 'git:web',
        committed_at: 0,
        authors: '[]',
        issue_keys: '[]',
        paths: '[]',
      })),
    );
    await database('git_tag').insert({
      repository: 'web',
      name: 'build-74692318',
      sha: shas.tagged,
      source: 'git:web',
      key: 'tag',
      version: 1,
    });
  });

  it.each<[string, { sha?: string; tag?: string } | undefined, string?]>([
    ['main-1a2b3c4d', { sha: '1a2b3c4d' }, shas.letters],
    // A short SHA without a letter looks like the number of a build.
    ['main-74692318', { tag: 'main-74692318' }, shas.digits],
    ['74692318', { tag: '74692318' }, shas.digits],
    ['74692318', undefined, shas.digits],
    // And one without a digit like a word.
    ['main-acddfdbc', { tag: 'main-acddfdbc' }, shas.word],
    ['main-deadbeef', { tag: 'main-deadbeef' }, undefined],
    // A tag of that name goes first.
    ['build-74692318', { tag: 'build-74692318' }, shas.tagged],
    // Two commits begin so; none begins so; too short to be one.
    ['main-7469231', { tag: 'main-7469231' }, undefined],
    ['main-20261121', { tag: 'main-20261121' }, undefined],
    ['main-746923', { tag: 'main-746923' }, undefined],
  ])('%s %j', async (version, named, wanted) => {
    const claim = {
      version,
      ...(named && { applicationRevision: { ...named, found: 'it says so' } }),
    };
    const resolver = await RevisionResolver.create({
      database,
      repositories: [{ name: 'web', urls: [] }],
      claims: [claim],
    });
    expect(resolver.resolve(claim).sha).toBe(wanted);
  });
});
