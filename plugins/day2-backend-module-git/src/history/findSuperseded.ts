import type { RepositoryConfig } from '../readRepository';
import type { GitCursor } from './cursor';
import type { FirstParentLine } from './FirstParentLine';

/**
 * What former readings said of commits that a reading from the beginning will
 * not come to: those of another branch, of before the date it begins at, of
 * another role.
 */
export async function findSuperseded(options: {
  config: RepositoryConfig;
  former?: GitCursor;
  /** Whether the mirror still has what was read. */
  hasFormer: boolean;
  line: FirstParentLine;
  tip: string;
  /** The commits of the line that will be read. */
  onLine: Set<string>;
}): Promise<{
  withdraw: { keyPrefix: string; reason: string }[];
  /** Newest commit of the line that was read before. */
  readTo?: string;
}> {
  const { config, former, line, tip, onLine } = options;
  if (!former?.sha || !options.hasFormer) {
    return { withdraw: [] };
  }
  const reason =
    'read anew: this commit is not part of what is read by the configuration there is now';
  const prefixes = new Set<string>();
  // A reading anew that did not come to its end has two ends.
  for (const end of new Set([former.readTo ?? former.sha, former.sha])) {
    if (former.role !== config.role) {
      const all =
        former.role === 'gitops'
          ? await line.commits(end)
          : await line.reachable(end);
      all.forEach(sha => prefixes.add(sha));
      continue;
    }
    if (config.role === 'application') {
      const gone = await line.reachable(end, tip);
      gone.forEach(sha => prefixes.add(sha));
    }
    for (const sha of await line.commits(end)) {
      if (!onLine.has(sha) && !prefixes.has(sha)) {
        prefixes.add(config.role === 'gitops' ? sha : `${sha}:change`);
      }
    }
  }
  const { sha: readTo } = await line.fork({
    old: former.readTo ?? former.sha,
    tip,
  });
  return {
    withdraw: [...prefixes].map(keyPrefix => ({ keyPrefix, reason })),
    readTo,
  };
}
