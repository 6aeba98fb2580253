import type {
  UrlReaderService,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceSearchOptions,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';

/** The portal's reader before a Git host that has these files. */
export class FakeReader implements UrlReaderService {
  /** Text by address. */
  readonly files = new Map<string, string>();
  /** What is thrown in place of a file or folder, by address. */
  readonly sick = new Map<string, Error>();
  /** Addresses that were asked for, with what was not sent again. */
  readonly requests: string[] = [];

  async readUrl(url: string, options?: UrlReaderServiceReadUrlOptions) {
    this.#ask(url);
    const text = this.files.get(url);
    if (text === undefined) {
      throw new NotFoundError(`${url} is not there`);
    }
    this.#compare(url, text, options?.etag);
    return { etag: text, buffer: async () => Buffer.from(text) };
  }

  async readTree(): Promise<never> {
    throw new Error('not needed');
  }

  async search(url: string, options?: UrlReaderServiceSearchOptions) {
    this.#ask(url);
    const [folder, name] = url.split('**/');
    if (name !== '*.y*ml') {
      throw new Error(`searches for ${name}`);
    }
    const found = [...this.files].filter(
      ([file]) => file.startsWith(folder) && /\.y[^/]*ml$/.test(file),
    );
    const etag = JSON.stringify(found);
    this.#compare(url, etag, options?.etag);
    return {
      etag,
      files: found.map(([file, text]) => ({
        url: file,
        content: async () => Buffer.from(text),
      })),
    };
  }

  #ask(url: string): void {
    this.requests.push(url);
    const error = this.sick.get(url);
    if (error) {
      throw error;
    }
  }

  #compare(url: string, etag: string, known: string | undefined): void {
    if (etag === known) {
      this.requests.push(`${url} is as it was`);
      throw new NotModifiedError();
    }
  }
}
