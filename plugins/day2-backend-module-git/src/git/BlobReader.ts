import type { Git } from './Git';
import { GitFailure } from './GitFailure';

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
  #contents?: BatchProcess;
  #sizes?: BatchProcess;

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

  #start(mode: string): BatchProcess {
    return new BatchProcess(
      this.#git.start({
        args: ['cat-file', mode],
        gitDir: this.#gitDir,
        signal: this.#signal,
        timeoutMs: 30 * 60_000,
      }),
    );
  }
}

interface Answer {
  size?: number;
  content?: Buffer;
}

/** One `cat-file` process: questions go in, answers come out in the same order. */
class BatchProcess {
  readonly #process: ReturnType<Git['start']>;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(process: ReturnType<Git['start']>) {
    this.#process = process;
  }

  async ask(shas: string[], withContent: boolean): Promise<Answer[]> {
    if (shas.length === 0) {
      return [];
    }
    this.#process.input.write(`${shas.join('\n')}\n`);
    const answers: Answer[] = [];
    for (let index = 0; index < shas.length; index++) {
      const header = (await this.#line()).split(' ');
      if (header.length < 3 || header[1] === 'missing') {
        answers.push({});
        continue;
      }
      const size = Number(header[2]);
      if (!withContent) {
        answers.push({ size });
        continue;
      }
      const content = await this.#take(size + 1);
      answers.push({ size, content: content.subarray(0, size) });
    }
    return answers;
  }

  close(): void {
    this.#process.kill();
  }

  async #line(): Promise<string> {
    for (;;) {
      const first = this.#chunks[0];
      const end = first?.indexOf(10) ?? -1;
      if (first && end >= 0) {
        return (await this.#take(end + 1)).subarray(0, end).toString('utf8');
      }
      if (this.#chunks.length > 1) {
        this.#chunks.splice(
          0,
          this.#chunks.length,
          Buffer.concat(this.#chunks),
        );
        if (this.#chunks[0].indexOf(10) >= 0) {
          continue;
        }
      }
      await this.#more();
    }
  }

  async #take(bytes: number): Promise<Buffer> {
    while (this.#length < bytes) {
      await this.#more();
    }
    if (this.#chunks[0].length < bytes) {
      this.#chunks.splice(0, this.#chunks.length, Buffer.concat(this.#chunks));
    }
    const first = this.#chunks[0];
    const taken = first.subarray(0, bytes);
    if (first.length === bytes) {
      this.#chunks.shift();
    } else {
      this.#chunks[0] = first.subarray(bytes);
    }
    this.#length -= bytes;
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#process.output.next();
    if (next.done) {
      throw new GitFailure({
        reason: 'failed',
        stderr: '',
        args: ['cat-file'],
      });
    }
    this.#chunks.push(next.value);
    this.#length += next.value.length;
  }
}
