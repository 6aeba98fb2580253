import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomOf } from '../__testUtils__/shuffledWorld';
import { chunksOf, migrateDatabase } from '../database';
import { carriedCommits } from './carriedCommits';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const run = promisify(execFile);

describe.each(databases.eachSupportedId())('carriedCommits on %s', id => {
  let directory: string;
  let database: Knex;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'day2-carried-'));
    database = await databases.init(id);
    await migrateDatabase({ database });
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', ['-C', directory, ...args], {
      maxBuffer: 64 * 2 ** 20,
    });
    return stdout.trim();
  }

  /** A repository of random branches and merges, read as the git source reads it. */
  async function repositoryOf(seed: number, size: number): Promise<string[]> {
    const random = randomOf(seed);
    const script: string[] = [];
    for (let i = 1; i <= size; i += 1) {
      const parents = new Set<number>();
      for (let n = random() < 0.3 ? 2 : 1; n > 0 && i > 1; n -= 1) {
        // Near ones mostly, so that lines run beside each other and merge.
        parents.add(Math.max(1, i - 1 - Math.floor(random() ** 2 * 12)));
      }
      const [from, ...merges] = [...parents];
      const folder = random() < 0.5 ? 'cart' : 'shop';
      script.push(
        'commit refs/heads/x',
        `mark :${i}`,
        // Clocks that run backwards must not matter.
        `committer T <t@t> ${1_700_000_000 + Math.floor(random() * 1e6)} +0000`,
        'data 1',
        'x',
        ...(from === undefined ? [] : [`from :${from}`]),
        ...merges.map(parent => `merge :${parent}`),
        `M 100644 inline ${folder}/file`,
        `data ${String(i).length}`,
        String(i),
      );
      // Begins anew without a parent of its own choosing.
      script.push('', 'reset refs/heads/x', '');
    }
    await run('git', ['init', '-q', directory]);
    const marks = join(directory, 'marks');
    const child = run('git', [
      '-C',
      directory,
      'fast-import',
      '--quiet',
      '--force',
      `--export-marks=${marks}`,
    ]);
    child.child.stdin?.end(`${script.join('\n')}\n`);
    await child;
    const shas = new Array<string>(size);
    for (const entry of (
      await git('cat-file', '--batch-all-objects', '--batch-check')
    )
      .split('\n')
      .filter(each => each.includes(' commit '))) {
      shas.push(entry.split(' ')[0]);
    }
    const tips = shas.filter(Boolean);
    const listed = await git(
      'log',
      '--topo-order',
      '--reverse',
      '--format=%H %P',
      ...tips,
    );
    const rows = listed.split('\n').map((entry, position) => {
      const [sha, ...parents] = entry.split(' ');
      return {
        repository: 'r',
        sha,
        source: 'git:r',
        position,
        parents: parents.join(' '),
        committed_at: 0,
        title: '',
        authors: '[]',
        issue_keys: '[]',
        paths: JSON.stringify([position % 2 ? 'cart/a' : 'shop/a']),
      };
    });
    for (const chunk of chunksOf(rows)) {
      await database('git_commit').insert(chunk);
    }
    return rows.map(row => row.sha);
  }

  it.each([1, 2, 3])('is what git rev-list says: seed %d', async seed => {
    const shas = await repositoryOf(seed, 300);
    const random = randomOf(seed + 100);
    let carriedSome = 0;
    for (let i = 0; i < 15; i += 1) {
      const sha = shas[Math.floor(random() * shas.length)];
      const before = shas[Math.floor(random() * shas.length)];
      const expected = (await git('rev-list', `${before}..${sha}`))
        .split('\n')
        .filter(Boolean);
      const found = await carriedCommits({
        database,
        repository: 'r',
        sha,
        before: [before],
      });
      expect(found.complete).toBe(true);
      expect([...found.shas].sort()).toEqual(expected.sort());
      carriedSome += expected.length > 0 ? 1 : 0;
    }
    expect(carriedSome).toBeGreaterThan(3);
  });

  /** Each commit with itself and all its ancestors: git's own list is led astray by clocks. */
  async function ancestry(): Promise<Map<string, Set<string>>> {
    const all = new Map<string, Set<string>>();
    for (const { sha, parents } of await database('git_commit').orderBy(
      'position',
    )) {
      const own = new Set<string>([sha]);
      for (const parent of parents.split(' ').filter(Boolean)) {
        all.get(parent)!.forEach(each => own.add(each));
      }
      all.set(sha, own);
    }
    return all;
  }

  it.each([4, 5])(
    'is what following the parents of several tips says, and tells which of them it holds: seed %d',
    async seed => {
      const shas = await repositoryOf(seed, 200);
      const ancestors = await ancestry();
      const isAncestor = (a: string, b: string) => ancestors.get(b)!.has(a);
      const random = randomOf(seed);
      const pick = () => shas[Math.floor(random() * shas.length)];
      let held = 0;
      let within = 0;
      for (let i = 0; i < 40; i += 1) {
        const sha = pick();
        const before = [...new Set([pick(), pick(), pick()])];
        const found = await carriedCommits({
          database,
          repository: 'r',
          sha,
          before,
        });
        expect([...found.shas].sort()).toEqual(
          [...ancestors.get(sha)!]
            .filter(each => !before.some(tip => isAncestor(each, tip)))
            .sort(),
        );
        expect(found.known).toBe(before.some(tip => isAncestor(sha, tip)));
        // One below another of them may go unseen: it tells nothing more.
        const tops = before.filter(
          tip => !before.some(other => other !== tip && isAncestor(tip, other)),
        );
        expect(found.contained.filter(tip => tops.includes(tip))).toEqual(
          tops.filter(tip => isAncestor(tip, sha)),
        );
        held += found.contained.length;
        within += found.known ? 1 : 0;
      }
      expect(held).toBeGreaterThan(2);
      expect(within).toBeGreaterThan(2);
    },
  );

  async function line(size: number): Promise<string[]> {
    const shas = Array.from({ length: size }, (_, i) =>
      (i + 1).toString(16).padStart(40, '0'),
    );
    const rows = shas.map((sha, position) => ({
      repository: 'r',
      sha,
      source: 's',
      position,
      parents: position > 0 ? shas[position - 1] : 'f'.repeat(40),
      committed_at: 0,
      title: '',
      authors: '[]',
      issue_keys: '[]',
      paths: position % 3 === 0 ? '["cart/a.ts"]' : '["docs/b"]',
      paths_cut: position % 50 === 1,
    }));
    for (const chunk of chunksOf(rows)) {
      await database('git_commit').insert(chunk);
    }
    return shas;
  }

  it('counts only commits that touch the paths, and those it cannot tell of', async () => {
    const shas = await line(61);
    const { shas: found } = await carriedCommits({
      database,
      repository: 'r',
      sha: shas[60],
      before: [shas[30]],
      paths: ['cart'],
    });
    expect(found.map(sha => shas.indexOf(sha))).toEqual([
      60, 57, 54, 51, 48, 45, 42, 39, 36, 33,
    ]);
  });

  it('says so where a commit or the history is missing', async () => {
    const shas = await line(10);
    await expect(
      carriedCommits({
        database,
        repository: 'r',
        sha: 'e'.repeat(40),
        before: [shas[1]],
      }),
    ).resolves.toMatchObject({
      complete: false,
      reason: expect.stringContaining('eeeeeeee'),
    });
    await database('git_commit').where({ sha: shas[4] }).delete();
    await expect(
      carriedCommits({
        database,
        repository: 'r',
        sha: shas[9],
        before: [shas[2]],
      }),
    ).resolves.toMatchObject({
      shas: [9, 8, 7, 6, 5].map(i => shas[i]),
      complete: false,
      reason: 'The history of r is known in part only',
    });
  });

  it('stops at 5,000 commits', async () => {
    const shas = await line(5100);
    const found = await carriedCommits({
      database,
      repository: 'r',
      sha: shas[5099],
      before: [shas[10]],
    });
    expect(found).toMatchObject({
      complete: false,
      reason: 'More than 5000 commits: the newest are listed',
    });
    expect(found.shas).toHaveLength(5000);
  });
});
