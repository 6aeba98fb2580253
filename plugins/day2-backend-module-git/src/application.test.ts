import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  collect,
  createGitServer,
  ObservationLedger,
  type CollectedRun,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { TestRepository } from './__testUtils__/TestRepository';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');

describe('an application repository', () => {
  let folder: string;
  let repository: TestRepository;
  let ledger: ObservationLedger;
  let last: CollectedRun;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-git-'));
    repository = TestRepository.create({ folder });
    ledger = ObservationLedger.create();
    last = { batches: [], log: '', tookMs: 0 };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function read(url = repository.bare, more = {}): Promise<void> {
    const source = createSource({
      directory: join(folder, 'mirrors'),
      repository: { name: 'shop', url, role: 'application', ...more },
    });
    last = await collect(source, { cursor: last.cursor });
    source.close();
    if (last.error) {
      throw last.error;
    }
    last.batches.forEach(batch => ledger.apply(batch));
    expectParentsFirst();
  }

  /** The hub puts each commit above its parents, which must be there by then. */
  function expectParentsFirst(): void {
    const said = last.batches
      .flatMap(batch => batch.observations)
      .filter(item => item.kind === 'commit');
    const places = new Map(said.map(({ sha }, place) => [sha, place]));
    said.forEach(({ parents }, place) => {
      for (const parent of parents) {
        expect(places.get(parent) ?? -1).toBeLessThan(place);
      }
    });
  }

  function keys(kind: string): string[] {
    return ledger.observations
      .filter(item => item.kind === kind)
      .map(({ key }) => key.slice(0, 40))
      .sort();
  }

  function expectTruth(tip = 'main'): void {
    const all = repository.git('rev-list', tip).split('\n').sort();
    const line = repository
      .git('rev-list', '--first-parent', tip)
      .split('\n')
      .sort();
    expect(keys('commit')).toEqual(all);
    expect(keys('change')).toEqual(line);
  }

  function branchAndMerge(n: number): void {
    repository.git('checkout', '--quiet', '-b', `topic-${n}`);
    repository.commit(
      `Side ${n}`,
      { [`side-${n}`]: 'x' },
      'Bo <bo@tern.example>',
    );
    repository.commit(`Side ${n} again`, { [`side-${n}`]: 'y' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit(`Main ${n}`, { [`main-${n}`]: 'x' });
    repository.merge(
      `topic-${n}`,
      `Merge pull request #${n} from org/topic-${n}`,
    );
  }

  it('has every commit once, and a change for each of the first-parent line, over increments', async () => {
    repository.commit('First', { a: '1' });
    for (const n of [1, 2, 3]) {
      branchAndMerge(n);
      repository.push();
      await read();
      expectTruth();
    }
    const merge = repository.git('rev-parse', 'main');
    expect(
      ledger.observations.find(({ key }) => key === `${merge}:change`),
    ).toMatchObject({
      isMerge: true,
      pullRequest: '#3',
      authors: [{ key: 'ana@tern.example' }, { key: 'bo@tern.example' }],
    });
  });

  it('a branch merged the other way round changes the line', async () => {
    repository.commit('First', { a: '1' });
    repository.git('checkout', '--quiet', '-b', 'local');
    repository.commit('Local', { b: '1' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('Theirs', { a: '2' });
    repository.push();
    await read();
    repository.git('checkout', '--quiet', 'local');
    repository.merge('main', "Merge branch 'main' of host");
    repository.git('branch', '--force', 'main', 'local');
    repository.push();
    await read();
    expectTruth();
  });

  it('rewritten history is noticed and exact', async () => {
    repository.commit('First', { a: '1' });
    branchAndMerge(1);
    repository.push();
    await read();
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.commit('Other', { c: '1' });
    repository.push();
    await read();
    expectTruth();
    expect(last.batches[last.batches.length - 1].notices?.join()).toContain(
      'rewritten',
    );
  });

  it('tags: light and annotated ones, moved and deleted', async () => {
    const first = repository.commit('First', { a: '1' });
    repository.git('tag', 'v1');
    repository.git('tag', '-a', '-m', 'x', 'v2');
    repository.push();
    await read();
    const tags = () =>
      ledger.observations
        .flatMap(item =>
          item.kind === 'tag' ? [`${item.name} ${item.sha}`] : [],
        )
        .sort();
    expect(tags()).toEqual([`v1 ${first}`, `v2 ${first}`]);
    const second = repository.commit('Second', { a: '2' });
    repository.git('tag', '--force', 'v1');
    repository.git('tag', '--delete', 'v2');
    repository.git('push', '--quiet', 'origin', ':refs/tags/v2');
    repository.push();
    await read();
    expect(tags()).toEqual([`v1 ${second}`]);
  });

  it('branches that only tags reach are part of the graph, and merged later stay so', async () => {
    const first = repository.commit('First', { a: '1' });
    repository.git('checkout', '--quiet', '-b', 'release-1');
    repository.commit('Fix', { fix: '1' });
    const hotfix = repository.commit('Fix more', { fix: '2' });
    repository.git('tag', 'v1.0.1');
    repository.git('checkout', '--quiet', 'main');
    repository.commit('Second', { a: '2' });
    repository.push();
    const graph = () => repository.git('rev-list', '--all').split('\n').sort();
    await read();
    expect(keys('commit')).toEqual(graph());
    expect(keys('change')).toHaveLength(2);

    repository.git('checkout', '--quiet', 'release-1');
    const later = repository.commit('Fix later', { fix: '3' });
    repository.git('tag', 'v1.0.2');
    repository.git('checkout', '--quiet', 'main');
    // Merged but for the last commit.
    repository.merge(hotfix, 'Merge release-1');
    repository.push();
    await read();
    expect(keys('commit')).toEqual(graph());
    expect(keys('change')).toHaveLength(3);

    repository.git('tag', '--delete', 'v1.0.2');
    repository.git('branch', '--quiet', '-D', 'release-1');
    repository.git('push', '--quiet', 'origin', ':refs/tags/v1.0.2');
    await read();
    expect(keys('commit')).toEqual(
      repository.git('rev-list', 'main').split('\n').sort(),
    );
    expect(keys('commit')).not.toContain(later);
    expect(keys('commit')).toContain(first);
  });

  it('rewritten history that a tag still reaches stays in the graph', async () => {
    const first = repository.commit('First', { a: '1' });
    const second = repository.commit('Second', { a: '2' });
    repository.git('tag', 'v2');
    repository.push();
    await read();
    repository.git('reset', '--quiet', '--hard', first);
    const other = repository.commit('Other', { a: '3' });
    repository.push();
    await read();
    expect(keys('commit')).toEqual([first, second, other].sort());
    expect(keys('change')).toEqual([first, other].sort());
  });

  it('a shallow clone says where history begins, and goes on when it is deepened', async () => {
    repository.commit('First', { a: '1' });
    repository.commit('Second', { a: '2' });
    repository.commit('Third', { a: '3' });
    repository.push();
    const clone = join(folder, 'clone');
    execFileSync('git', [
      'clone',
      '--quiet',
      '--depth=2',
      `file://${repository.bare}`,
      clone,
    ]);
    await read(clone);
    const line = execFileSync(
      'git',
      ['rev-list', '--first-parent', '--count', 'HEAD'],
      { cwd: clone },
    );
    expect(keys('change')).toHaveLength(Number(line));
    expect(last.batches[0].notices?.join()).toContain(
      'Shallow clone: history begins 2026-01-01',
    );
    execFileSync('git', ['fetch', '--quiet', '--unshallow'], { cwd: clone });
    await read(clone);
    expectTruth();
    expect(last.batches[last.batches.length - 1].notices).toEqual([]);
  });

  it('a checkout that is renamed, switched or detached is read where it stands, shallow too', async () => {
    for (const n of [1, 2, 3, 4]) {
      repository.commit(`Commit ${n}`, { a: `${n}` });
    }
    repository.push();
    const clone = join(folder, 'clone');
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: clone, stdio: 'ignore' });
    const line = () =>
      execFileSync('git', ['rev-list', '--first-parent', 'HEAD'], {
        cwd: clone,
      })
        .toString()
        .trim()
        .split('\n')
        .sort();
    execFileSync('git', [
      'clone',
      '--quiet',
      '--depth=3',
      `file://${repository.bare}`,
      clone,
    ]);
    git('branch', '-m', 'main', 'mine');
    await read(clone);
    expect(keys('change')).toEqual(line());
    git('checkout', '--quiet', '--detach', 'HEAD~1');
    await read(clone);
    expect(keys('change')).toEqual(line());
    git('fetch', '--quiet', '--unshallow');
    git('checkout', '--quiet', '--detach', 'HEAD~1');
    await read(clone);
    expect(keys('change')).toEqual(line());
    git('branch', '--quiet', '-D', 'mine');
    git('checkout', '--quiet', '-b', 'other');
    await read(clone);
    expect(keys('change')).toEqual(line());
  });

  it('reads from a date on', async () => {
    repository.commit('Old', { a: '1' });
    repository.commit('Older', { a: '2' });
    const at = Number(repository.git('log', '-1', '--format=%ct')) * 1000;
    repository.commit('New', { a: '3' });
    repository.push();
    await read(repository.bare, { since: new Date(at + 30_000).toISOString() });
    expect(keys('change')).toEqual([repository.git('rev-parse', 'HEAD')]);
  });

  it('a source archive without .git says so', async () => {
    await expect(
      read(repository.folder.replace('work', 'archive')),
    ).rejects.toMatchObject({
      code: 'not-found',
      fix: expect.stringContaining('git clone'),
    });
  });

  it('gives credentials to the server and to no one else', async () => {
    repository.commit('First', { a: '1' });
    repository.push();
    const server = await createGitServer({
      directory: join(folder, 'bare'),
      credentials: { username: 'me', password: 'pa ss@/word' },
    });
    try {
      const url = `${server.url}/repository.git`;
      await expect(read(url)).rejects.toMatchObject({
        code: 'credential-refused',
      });
      await read(url, { username: 'me', password: 'pa ss@/word' });
      expect(keys('commit')).toHaveLength(1);
      const embedded = url.replace('http://', 'http://me:wrong-secret@');
      last = { batches: [], log: '', tookMs: 0 };
      const error = await read(embedded).then(
        () => undefined,
        thrown => thrown,
      );
      expect(error).toMatchObject({ code: 'credential-refused' });
      expect(`${error.message} ${error.stack} ${error.fix}`).not.toContain(
        'wrong-secret',
      );
    } finally {
      await server.close();
    }
  });

  const hasGit = existsSync(join(root, '.git'));
  // A source archive has no history to read; the test before tells what is said then.
  const itWithGit = hasGit ? it : it.skip;
  itWithGit('reads this very repository', async () => {
    const head = () =>
      execFileSync('git', ['rev-list', '--first-parent', 'HEAD'], { cwd: root })
        .toString()
        .trim()
        .split('\n')
        .sort();
    const before = head();
    await read(root);
    const changes = keys('change');
    // Somebody may commit while the test runs.
    // eslint-disable-next-line jest/no-standalone-expect
    expect([before, head()]).toContainEqual(changes);
  });
});
