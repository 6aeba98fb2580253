import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  MAX_FILE,
  MAX_FILES,
  tooLarge,
  type FoundFile,
  type FoundFolder,
} from './FoundFile';
import { isYaml } from './filePath';
import { readBounded } from './readBounded';

const TIMEOUT_MS = 20_000;
/** Characters of all texts that are kept for their etags. */
const MAX_KEPT = 32_000_000;

interface Kept<T> {
  etag: string;
  found: T;
  size: number;
}

const absent = { kind: 'absent' } as const;

/**
 * Files of repositories through the portal's own reader, with its integrations
 * and rules; what has not changed is not fetched again.
 */
export class RemoteFiles {
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrationRegistry;
  readonly #kept = new Map<string, Kept<FoundFile | FoundFolder>>();
  #size = 0;

  private constructor(options: {
    urlReader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
  }) {
    this.#reader = options.urlReader;
    this.#integrations = options.integrations;
  }

  static create(options: {
    urlReader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
  }): RemoteFiles {
    return new RemoteFiles(options);
  }

  /** Nothing is taken for unchanged any more. */
  forget(): void {
    this.#kept.clear();
    this.#size = 0;
  }

  /** A file below the folder of a catalog file. */
  async read(options: {
    /** Address of the catalog file. */
    target: string;
    path: string;
    signal: AbortSignal;
  }): Promise<FoundFile> {
    const url = this.#integrations.resolveUrl({
      url: options.path,
      base: options.target,
    });
    const page = pageOf(url, options.target);
    const { signal } = options;
    return await this.#ask<FoundFile>(url, signal, async (etag, until) => {
      const answer = await this.#reader.readUrl(url, { etag, signal: until });
      const text = await readBounded({ answer, max: MAX_FILE });
      return {
        etag: answer.etag,
        size: text?.length ?? 0,
        found:
          text === undefined
            ? tooLarge(page)
            : { kind: 'text', text, url: page },
      };
    });
  }

  /**
   * YAML files of a folder below it, searched for: an archive of the whole
   * repository, as other ways of reading folders fetch it, is large.
   */
  async list(options: {
    target: string;
    path: string;
    signal: AbortSignal;
  }): Promise<FoundFolder> {
    const { path, signal, target } = options;
    const url = this.#integrations.resolveUrl({
      url: `${path}/**/*.y*ml`,
      base: target,
    });
    return await this.#ask<FoundFolder>(url, signal, async (etag, until) => {
      const search = { etag, signal: until };
      const answer = await this.#reader.search(url, search);
      const all = answer.files
        .map(file => ({ ...file, at: pathBelow(file.url, path) }))
        .filter(({ at }) => isYaml(at))
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      const files = new Map<string, FoundFile>();
      let size = 0;
      let isWhole = true;
      for (const file of all.slice(0, MAX_FILES)) {
        const found = await this.#listed({ ...file, target, signal: until });
        size += found.kind === 'text' ? found.text.length : 0;
        isWhole &&= found.kind !== 'unreadable';
        files.set(file.at, found);
      }
      const more = all.length > MAX_FILES;
      return {
        // Of a part of it, the rest is asked for again.
        etag: isWhole ? answer.etag : undefined,
        size,
        found: all.length === 0 ? absent : { kind: 'files', files, more },
      };
    });
  }

  /** One of a folder; not by its `content`, which is all of it, however large. */
  async #listed(options: {
    url: string;
    target: string;
    signal: AbortSignal;
  }): Promise<FoundFile> {
    const { url, target, signal } = options;
    const page = pageOf(url, target);
    try {
      const answer = await this.#reader.readUrl(url, { signal });
      const text = await readBounded({ answer, max: MAX_FILE });
      return text === undefined
        ? tooLarge(page)
        : { kind: 'text', text, url: page };
    } catch (error) {
      signal.throwIfAborted();
      return unreadable(error);
    }
  }

  async #ask<T extends FoundFile | FoundFolder>(
    url: string,
    signal: AbortSignal,
    read: (
      etag: string | undefined,
      signal: AbortSignal,
    ) => Promise<{ etag?: string; size: number; found: T }>,
  ): Promise<T | Exclude<FoundFile, { kind: 'text' }>> {
    signal.throwIfAborted();
    const kept = this.#kept.get(url) as Kept<T> | undefined;
    try {
      const until = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const { etag, size, found } = await read(kept?.etag, until);
      this.#keep(url, etag ? { etag, size, found } : undefined);
      return found;
    } catch (error) {
      signal.throwIfAborted();
      const { name } = error as Error;
      if (name === 'NotModifiedError' && kept) {
        return kept.found;
      }
      this.#keep(url, undefined);
      if (name === 'NotFoundError') {
        return { kind: 'absent' };
      }
      return unreadable(error);
    }
  }

  #keep(url: string, kept: Kept<FoundFile | FoundFolder> | undefined): void {
    this.#size -= this.#kept.get(url)?.size ?? 0;
    this.#kept.delete(url);
    if (kept) {
      this.#kept.set(url, kept);
      this.#size += kept.size;
    }
    for (const [oldest, { size }] of this.#kept) {
      if (this.#size <= MAX_KEPT) {
        break;
      }
      this.#kept.delete(oldest);
      this.#size -= size;
    }
  }
}

/** Messages of readers name addresses, and may name more. */
function unreadable(error: unknown): FoundFile & { kind: 'unreadable' } {
  const { name, message } = error as Error;
  if (name === 'NotAllowedError') {
    return {
      kind: 'unreadable',
      reason:
        'cannot be read: the portal has no integration for its host, and backend.reading.allow does not name it',
    };
  }
  const status = /\b[45]\d\d\b/.exec(message)?.[0];
  const why = name === 'TimeoutError' ? 'no answer within 20 s' : status;
  return {
    kind: 'unreadable',
    reason: `cannot be read${why ? ` (${why})` : ''}`,
  };
}

/** GitHub's and GitLab's pages of files, where their folders are resolved to. */
function pageOf(url: string, target: string): string {
  return target.includes('/blob/') ? url.replace('/tree/', '/blob/') : url;
}

/** The path of a file that was found below a folder. */
function pathBelow(url: string, folder: string): string {
  const path = decodeURIComponent(new URL(url).pathname);
  const at = path.lastIndexOf(`/${folder}/`);
  return at < 0
    ? path.slice(path.lastIndexOf('/') + 1)
    : path.slice(at + folder.length + 2);
}
