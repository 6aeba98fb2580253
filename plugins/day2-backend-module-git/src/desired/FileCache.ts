import type { Blob, BlobReader } from '../git/BlobReader';
import type { ParsedFile } from './model';
import { parseYaml } from './yaml';

const maxCachedBytes = 24 * 1024 * 1024;

/** Parsed files by blob, the least used forgotten first. */
export class FileCache {
  readonly #blobs: BlobReader;
  readonly #parsed = new Map<string, { file: ParsedFile; bytes: number }>();
  #bytes = 0;

  private constructor(blobs: BlobReader) {
    this.#blobs = blobs;
  }

  static create(options: { blobs: BlobReader }): FileCache {
    return new FileCache(options.blobs);
  }

  /** All of these files, read and parsed; those kept as text are not parsed. */
  async load(
    wanted: { sha: string; asText: boolean }[],
  ): Promise<Map<string, ParsedFile>> {
    const result = new Map<string, ParsedFile>();
    const missing: { sha: string; asText: boolean }[] = [];
    for (const item of wanted) {
      const key = keyOf(item);
      const cached = this.#parsed.get(key);
      if (cached) {
        this.#parsed.delete(key);
        this.#parsed.set(key, cached);
        result.set(key, cached.file);
      } else if (!result.has(key)) {
        result.set(key, { documents: [] });
        missing.push(item);
      }
    }
    if (missing.length > 0) {
      const blobs = await this.#blobs.read([
        ...new Set(missing.map(item => item.sha)),
      ]);
      for (const item of missing) {
        const blob = blobs.get(item.sha)!;
        const file = parse(blob, item.asText);
        const bytes = 'content' in blob ? blob.content.length : 0;
        const key = keyOf(item);
        result.set(key, file);
        this.#parsed.set(key, { file, bytes: bytes + 500 });
        this.#bytes += bytes + 500;
      }
      this.#forget();
    }
    return result;
  }

  #forget(): void {
    for (const [key, { bytes }] of this.#parsed) {
      if (this.#bytes <= maxCachedBytes) {
        return;
      }
      this.#parsed.delete(key);
      this.#bytes -= bytes;
    }
  }
}

/** How a file is found in what `load` gives. */
export function keyOf(item: { sha: string; asText: boolean }): string {
  return item.asText ? `text:${item.sha}` : item.sha;
}

function parse(blob: Blob, asText: boolean): ParsedFile {
  if ('tooBig' in blob) {
    return { skipped: 'larger than 5 MB' };
  }
  if (!asText) {
    return parseYaml(blob.content);
  }
  return blob.content.subarray(0, 8000).includes(0)
    ? { skipped: 'binary' }
    : { documents: [], text: blob.content.toString('utf8') };
}
