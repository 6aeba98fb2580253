import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadUrlOptions,
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

  async readTree(url: string, options?: UrlReaderServiceReadTreeOptions) {
    this.#ask(url);
    const found = [...this.files]
      .filter(([file]) => file.startsWith(url))
      .map(([file, text]) => ({ path: file.slice(url.length), text }))
      .filter(({ path }) => options?.filter?.(path) ?? true);
    if (found.length === 0) {
      throw new NotFoundError(`${url} is not there`);
    }
    const etag = JSON.stringify(found);
    this.#compare(url, etag, options?.etag);
    return {
      etag,
      files: async () =>
        found.map(({ path, text }) => ({
          path,
          content: async () => Buffer.from(text),
        })),
      archive: () => Promise.reject(new Error('not needed')),
      dir: () => Promise.reject(new Error('not needed')),
    };
  }

  async search(): Promise<never> {
    throw new Error('not needed');
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
