import type { Git } from './Git';
import { CatFile } from './CatFile';

/** Content of a blob, or why there is none. */
export type Blob = { content: Buffer } | { tooBig: number } | { missing: true };

/**
 * Reads blobs through one `git cat-file --batch` kept for a whole run, sizes
 * first, so that a huge file is never in memory.
 */
export class BlobReader {
  readonly #git: Git;
  readonly #gitDir: string;
  readonly #maxBytes: number;
  readonly #signal?: AbortSignal;
  #contents?: CatFile;
  #sizes?: CatFile;

  private constructor(options: {
    git: Git;
    gitDir: string;
    maxBytes: number;
    signal?: AbortSignal;
  }) {
    this.#git = options.git;
    this.#gitDir = options.gitDir;
    this.#maxBytes = options.maxBytes;
    this.#signal = options.signal;
  }

  static create(options: {
    git: Git;
    gitDir: string;
    /** Larger blobs are not read. */
    maxBytes: number;
    signal?: AbortSignal;
  }): BlobReader {
    return new BlobReader(options);
  }

  /** Reads all of these, in as few turns as possible. */
  async read(shas: string[]): Promise<Map<string, Blob>> {
    const result = new Map<string, Blob>();
    this.#sizes ??= this.#start('--batch-check');
    this.#contents ??= this.#start('--batch');
    const wanted: string[] = [];
    const checks = await this.#sizes.ask(shas, false);
    for (const [index, sha] of shas.entries()) {
      const { size } = checks[index];
      if (size === undefined) {
        result.set(sha, { missing: true });
      } else if (size > this.#maxBytes) {
        result.set(sha, { tooBig: size });
      } else {
        wanted.push(sha);
      }
    }
    const answers = await this.#contents.ask(wanted, true);
    for (const [index, sha] of wanted.entries()) {
      const { content } = answers[index];
      result.set(sha, content ? { content } : { missing: true });
    }
    return result;
  }

  close(): void {
    this.#sizes?.close();
    this.#contents?.close();
    this.#sizes = undefined;
    this.#contents = undefined;
  }

  #start(mode: string): CatFile {
    return new CatFile(
      this.#git.start({
        args: ['cat-file', mode],
        gitDir: this.#gitDir,
        signal: this.#signal,
        timeoutMs: 30 * 60_000,
      }),
    );
  }
}
