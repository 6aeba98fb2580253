import type { Mirror } from './Mirror';

/** The files of a commit, without symbolic links and submodules. */
export async function listTree(options: {
  mirror: Mirror;
  sha: string;
  signal?: AbortSignal;
}): Promise<{ path: string; sha: string }[]> {
  const { stdout } = await options.mirror.git.run({
    args: [
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      '--end-of-options',
      options.sha,
    ],
    gitDir: options.mirror.gitDir,
    signal: options.signal,
    maxBytes: 512 * 1024 * 1024,
  });
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap(entry => {
      const groups = /^100\d{3} blob (?<sha>[0-9a-f]+)\t(?<path>[\s\S]+)$/.exec(
        entry,
      )?.groups;
      return groups ? [{ path: groups.path, sha: groups.sha }] : [];
    });
}
