import type { ModelRepository } from './ModelRepository';
import { signatureLine } from './signatureLine';

/**
 * What `git fast-import` reads to add to a repository the commits and tags that
 * it does not have yet, in pieces. Every commit names its parents, so the one
 * ref `main` may carry side branches too: it ends on the last commit of main.
 */
export function* fastImportStream(options: {
  repository: ModelRepository;
  /** Number of commits, in the model's order, that are there already. */
  fromCommit: number;
  /** Names of tags that are there already. */
  knownTags: ReadonlySet<string>;
}): Generator<string> {
  const { repository, fromCommit, knownTags } = options;
  const marks = new Map<string, number>();
  const reference = (sha: string) =>
    marks.has(sha) ? `:${marks.get(sha)}` : sha;

  yield 'feature done\n';
  for (const commit of repository.commits.slice(fromCommit)) {
    const mark = marks.size + 1;
    const lines = [
      'commit refs/heads/main',
      `mark :${mark}`,
      `author ${signatureLine(commit.author)}`,
      `committer ${signatureLine(commit.committer)}`,
      data(commit.message),
    ];
    const [first, ...others] = commit.parents;
    if (first) {
      lines.push(`from ${reference(first)}`);
    }
    lines.push(...others.map(sha => `merge ${reference(sha)}`));
    for (const [path, content] of commit.changes) {
      lines.push(
        content === undefined
          ? `D ${path}`
          : `M 100644 inline ${path}\n${data(content)}`,
      );
    }
    marks.set(commit.sha, mark);
    yield `${lines.join('\n')}\n\n`;
  }
  for (const tag of repository.tags) {
    if (knownTags.has(tag.name)) {
      continue;
    }
    yield tag.tagger
      ? `tag ${tag.name}\nfrom ${reference(tag.sha)}\ntagger ${signatureLine(
          tag.tagger,
        )}\n${data(`${tag.name}\n`)}\n`
      : `reset refs/tags/${tag.name}\nfrom ${reference(tag.sha)}\n\n`;
  }
  yield 'done\n';
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
