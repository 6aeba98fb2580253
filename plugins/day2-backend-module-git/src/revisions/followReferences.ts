import { BlobReader } from '../git/BlobReader';
import type { Mirror } from '../git/Mirror';
import { GitObjects } from './GitObjects';
import { ReferenceWalk } from './ReferenceWalk';

const maxBytes = 16 * 1024 * 1024;

/** What the paths of commits refer to, in the order of the commits. */
export async function followReferences(options: {
  mirror: Mirror;
  asked: ({ sha: string; paths: string[] } | undefined)[];
  signal: AbortSignal;
}): Promise<({ references: string[]; unfollowed: string[] } | undefined)[]> {
  const { mirror, asked, signal } = options;
  const blobs = BlobReader.create({
    git: mirror.git,
    gitDir: mirror.gitDir,
    maxBytes,
    signal,
  });
  try {
    const objects = GitObjects.create({ blobs });
    const answers = [];
    for (const each of asked) {
      const root =
        each && each.paths.length > 0
          ? await objects.rootOf(each.sha)
          : undefined;
      answers.push(
        root && each
          ? await ReferenceWalk.create({ objects, root }).run(each.paths)
          : undefined,
      );
    }
    return answers;
  } finally {
    blobs.close();
  }
}
