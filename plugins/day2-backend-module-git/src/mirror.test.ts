import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSourceError } from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { importCommits } from './__testUtils__/importCommits';
import { deployment } from './__testUtils__/manifests';

jest.setTimeout(60_000);

describe('the mirror on the disk', () => {
  let folder: string;
  let bare: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-mirror-'));
    bare = join(folder, 'bare', 'repository.git');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const directory = () => join(folder, 'mirrors');
  const mirrorFolder = () => join(directory(), readdirSync(directory())[0]);
  const gitDir = () => join(mirrorFolder(), 'mirror.git');

  function sourceOf(maxMirrorBytes?: number, into = directory()) {
    return createSource({
      directory: into,
      maxMirrorBytes,
      repository: { name: 'gitops', url: bare, role: 'gitops' },
    });
  }

  /** Releases of `cart` on the branch, from one number to another. */
  function release(from: number, to = from): void {
    importCommits({
      bare,
      start: Date.UTC(2026, 0, 1) + from * 60_000,
      commits: Array.from({ length: to - from + 1 }, (_, n) => ({
        message: `Release ${from + n}`,
        files: {
          'production/cart/deployment.yaml': deployment({
            name: 'cart',
            image: `tern/cart:1.${from + n}`,
          }),
        },
      })),
    });
  }

  function packs(): string[] {
    const packFolder = join(gitDir(), 'objects', 'pack');
    return readdirSync(packFolder)
      .filter(name => name.endsWith('.pack'))
      .map(name => join(packFolder, name));
  }

  function overwrite(path: string, content: string | Buffer): void {
    chmodSync(path, 0o600);
    writeFileSync(path, content);
  }

  it.each<[string, () => void]>([
    ['HEAD is empty', () => writeFileSync(join(gitDir(), 'HEAD'), '')],
    ['HEAD is nonsense', () => writeFileSync(join(gitDir(), 'HEAD'), '\0\0')],
    ['config is nonsense', () => writeFileSync(join(gitDir(), 'config'), '[')],
    [
      'the branch is nonsense',
      () => writeFileSync(join(gitDir(), 'refs/day2/branch'), ''),
    ],
    ['a pack is gone', () => packs().forEach(path => rmSync(path))],
    [
      'all packs are gone',
      () =>
        rmSync(join(gitDir(), 'objects', 'pack'), {
          recursive: true,
          force: true,
        }),
    ],
    [
      'a pack is half there',
      () =>
        packs().forEach(path => {
          const content = readFileSync(path);
          overwrite(path, content.subarray(0, content.length / 2));
        }),
    ],
    [
      'a pack is nonsense within',
      () =>
        packs().forEach(path => {
          const content = readFileSync(path);
          overwrite(
            path,
            content.fill(
              0xff,
              Math.floor(content.length / 4),
              content.length - 40,
            ),
          );
        }),
    ],
  ])('%s: is cloned anew, and reading goes on', async (what, damage) => {
    release(1, 60);
    const ledger = ObservationLedger.create();
    const first = await collect(sourceOf());
    first.batches.forEach(batch => ledger.apply(batch));
    expect(packs()).not.toEqual([]);
    damage();
    release(100);
    const second = await collect(sourceOf(), { cursor: first.cursor });
    expect(second.error).toBeUndefined();
    second.batches.forEach(batch => ledger.apply(batch));
    // What is gone altogether git fetches again of itself.
    const notices = second.batches[second.batches.length - 1].notices?.join();
    expect(notices?.includes('was damaged and was cloned anew')).toBe(
      !/gone|half/.test(what),
    );
    // The cursor was good: nothing was said once more.
    expect(
      second.batches
        .flatMap(batch => batch.observations)
        .map(({ kind }) => kind),
    ).toEqual(['change', 'deployment']);
    const fresh = ObservationLedger.create();
    const all = await collect(sourceOf(undefined, join(folder, 'other')));
    all.batches.forEach(batch => fresh.apply(batch));
    expect(ledger.fingerprint()).toBe(fresh.fingerprint());
    expect(readdirSync(mirrorFolder()).sort()).toEqual([
      'askpass',
      'gitconfig',
      'mirror.git',
      'owner.json',
    ]);
  });

  const locks = ['HEAD.lock', 'packed-refs.lock', 'refs/day2/branch.lock'];

  function lock(ageMs: number): void {
    const at = (Date.now() - ageMs) / 1000;
    for (const name of locks) {
      writeFileSync(join(gitDir(), name), '');
      utimesSync(join(gitDir(), name), at, at);
    }
  }

  it('a lock that a process left which is gone is removed', async () => {
    release(1);
    const { cursor } = await collect(sourceOf());
    lock(0);
    writeFileSync(
      join(mirrorFolder(), 'owner.json'),
      JSON.stringify({
        host: hostname(),
        pid: spawnSync('true').pid,
        startedAt: 1,
      }),
    );
    const half = join(gitDir(), 'objects', 'pack', 'tmp_pack_x');
    mkdirSync(join(gitDir(), 'objects', 'pack'), { recursive: true });
    writeFileSync(half, 'x');
    release(2);
    const { error, batches } = await collect(sourceOf(), { cursor });
    expect(error).toBeUndefined();
    expect(batches[0].observations).toHaveLength(2);
    expect(readdirSync(join(gitDir(), 'objects', 'pack'))).not.toContain(
      'tmp_pack_x',
    );
  });

  it('a lock of a process that lives is left alone, until it is old', async () => {
    release(1);
    const { cursor } = await collect(sourceOf());
    lock(0);
    release(2);
    const { error } = await collect(sourceOf(), { cursor });
    expect(isSourceError(error) && `${error.message} ${error.fix}`).toMatch(
      /holds the mirror.*ten minutes/,
    );
    expect(String(error)).not.toContain(folder);
    lock(11 * 60_000);
    expect((await collect(sourceOf(), { cursor })).error).toBeUndefined();
  });

  it('grows to its limit, and says so', async () => {
    let text = '';
    for (let n = 0; n < 200_000; n++) {
      text += Math.random().toString(36);
    }
    importCommits({
      bare,
      start: Date.UTC(2026, 0, 1),
      commits: [{ message: 'Large', files: { large: text } }],
    });
    const { error } = await collect(sourceOf(1024 ** 2));
    expect(error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('grew beyond 1 MB'),
      fix: expect.stringContaining('day2.git.maxMirrorSize'),
    });
    expect(readdirSync(join(gitDir(), 'objects', 'pack'))).toEqual([]);
    expect((await collect(sourceOf(100 * 1024 ** 2))).error).toBeUndefined();
  });
});
