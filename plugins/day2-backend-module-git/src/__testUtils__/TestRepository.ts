import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A working copy whose commits have fixed people and times, and a bare repository it pushes to. */
export class TestRepository {
  readonly folder: string;
  readonly bare: string;
  #seconds: number;

  private constructor(options: {
    folder: string;
    name: string;
    start: number;
  }) {
    this.folder = join(options.folder, 'work', options.name);
    this.bare = join(options.folder, 'bare', `${options.name}.git`);
    this.#seconds = options.start / 1000;
  }

  static create(options: {
    /** A temporary folder. */
    folder: string;
    name?: string;
    /** Committer time of the first commit. */
    start?: number;
  }): TestRepository {
    const repository = new TestRepository({
      folder: options.folder,
      name: options.name ?? 'repository',
      start: options.start ?? Date.UTC(2026, 0, 1),
    });
    mkdirSync(repository.folder, { recursive: true });
    mkdirSync(repository.bare, { recursive: true });
    repository.git('init', '--quiet', '--initial-branch=main');
    execFileSync('git', [
      'init',
      '--quiet',
      '--bare',
      '--initial-branch=main',
      repository.bare,
    ]);
    repository.git('remote', 'add', 'origin', repository.bare);
    return repository;
  }

  git(...args: string[]): string {
    const date = `${this.#seconds} +0200`;
    return execFileSync('git', args, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ana',
        GIT_AUTHOR_EMAIL: 'Ana@tern.example',
        GIT_COMMITTER_NAME: 'Ana',
        GIT_COMMITTER_EMAIL: 'ana@tern.example',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      } as unknown as NodeJS.ProcessEnv,
    })
      .toString()
      .trim();
  }

  /** Writes files (absent: removes them), commits, and tells the SHA. */
  commit(
    message: string,
    files: Record<string, string | undefined> = {},
    author?: string,
  ): string {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      if (content === undefined) {
        rmSync(file);
      } else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    }
    this.#seconds += 60;
    this.git('add', '--all');
    this.git(
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      message,
      ...(author ? [`--author=${author}`] : []),
    );
    return this.git('rev-parse', 'HEAD');
  }

  merge(branch: string, message: string): string {
    this.#seconds += 60;
    this.git('merge', '--quiet', '--no-ff', '-m', message, branch);
    return this.git('rev-parse', 'HEAD');
  }

  push(): void {
    this.git('push', '--quiet', '--force', '--all', 'origin');
    this.git('push', '--quiet', '--force', '--tags', 'origin');
  }
}
