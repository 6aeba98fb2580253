import type { Git } from './Git';
import { GitFailure } from './GitFailure';

/** What git says of an object; nothing where it has none. */
export interface Answer {
  size?: number;
  content?: Buffer;
}

/** One `cat-file` process: questions go in, answers come out in the same order. */
export class CatFile {
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
