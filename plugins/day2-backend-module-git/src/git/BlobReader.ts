import type { Git } from './Git';
import { CatFile } from './CatFile';
import { DamagedMirror } from './damage';

/** Content of a blob, or its size where that is too much to read. */
export type Blob = { content: Buffer } | { tooBig: number };

/**
 * Reads blobs through one `git cat-file --batch` kept for a whole run, sizes
 * first, so that a huge file is never in memory.
 */
export class BlobReader {
  readonly #git: Git;
  readonly #gitDir: string;
  readonly #maxBytes: number;
  #signal?: AbortSignal;
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

  /**
   * Reads all of these, in as few turns as possible.
   *
   * @throws DamagedMirror where one is not there, as every one that is asked for should be
   */
  async read(shas: string[]): Promise<Map<string, Blob>> {
    const result = new Map<string, Blob>();
    this.#sizes ??= this.#start('--batch-check');
    this.#contents ??= this.#start('--batch');
    const wanted: string[] = [];
    const checks = await this.#sizes.ask(shas, false);
    for (const [index, sha] of shas.entries()) {
      const { size } = checks[index];
      if (size === undefined) {
        throw new DamagedMirror();
      } else if (size > this.#maxBytes) {
        result.set(sha, { tooBig: size });
      } else {
        wanted.push(sha);
      }
    }
    const answers = await this.#contents.ask(wanted, true);
    for (const [index, sha] of wanted.entries()) {
      const { content } = answers[index];
      if (!content) {
        throw new DamagedMirror();
      }
      result.set(sha, { content });
    }
    return result;
  }

  /** Goes on in another run, after it was closed. */
  resume(signal: AbortSignal): void {
    this.close();
    this.#signal = signal;
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
