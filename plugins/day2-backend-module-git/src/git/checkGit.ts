import { devNull } from 'node:os';
import { Git } from './Git';

/** Whether the machine's git is there and new enough (2.32, of June 2021). */
export async function checkGit(
  options: { binary?: string } = {},
): Promise<boolean> {
  try {
    const git = Git.create({ configFile: devNull, binary: options.binary });
    const text = await git.text({ args: ['version'], timeoutMs: 10_000 });
    const groups = /git version (?<major>\d+)\.(?<minor>\d+)/.exec(
      text,
    )?.groups;
    const major = Number(groups?.major);
    return major > 2 || (major === 2 && Number(groups?.minor) >= 32);
  } catch {
    return false;
  }
}
