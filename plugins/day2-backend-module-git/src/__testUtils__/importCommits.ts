import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A commit to be made; absent files stay, undefined ones go. */
export interface ImportedCommit {
  message: string;
  files?: Record<string, string | undefined>;
  tag?: string;
}

/** Makes many commits on `main` of a bare repository at once, a minute apart. */
export function importCommits(options: {
  bare: string;
  commits: ImportedCommit[];
  /** Committer time of the first, epoch milliseconds. */
  start: number;
}): void {
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  } as unknown as NodeJS.ProcessEnv;
  const isNew = !existsSync(options.bare);
  if (isNew) {
    execFileSync(
      'git',
      ['init', '--quiet', '--bare', '--initial-branch=main', options.bare],
      { env },
    );
  }
  const parts: string[] = [];
  options.commits.forEach((commit, index) => {
    const seconds = options.start / 1000 + index * 60;
    parts.push(
      'commit refs/heads/main\n',
      `mark :${index + 1}\n`,
      `author Ana <Ana@tern.example> ${seconds} +0000\n`,
      `committer Ana <ana@tern.example> ${seconds} +0000\n`,
      data(commit.message),
      !isNew && index === 0 ? 'from refs/heads/main^0\n' : '',
    );
    for (const [path, content] of Object.entries(commit.files ?? {})) {
      parts.push(
        content === undefined
          ? `D ${path}\n`
          : `M 100644 inline ${path}\n${data(content)}`,
      );
    }
    parts.push('\n');
    if (commit.tag) {
      parts.push(`reset refs/tags/${commit.tag}\nfrom :${index + 1}\n\n`);
    }
  });
  execFileSync(
    'git',
    ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet'],
    { cwd: options.bare, env, input: parts.join('') },
  );
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
