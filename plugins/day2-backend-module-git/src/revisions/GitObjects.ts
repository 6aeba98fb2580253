import { parseYaml } from '../desired/yaml';
import type { BlobReader } from '../git/BlobReader';

const maxYamlBytes = 1024 * 1024;

/** An entry of a folder. */
export interface TreeEntry {
  kind: 'folder' | 'file' | 'link' | 'submodule';
  id: string;
}

/** Folders and files of a mirror by their ids, each read once. */
export class GitObjects {
  readonly #blobs: BlobReader;
  readonly #trees = new Map<string, Map<string, TreeEntry>>();
  readonly #values = new Map<string, unknown>();

  private constructor(blobs: BlobReader) {
    this.#blobs = blobs;
  }

  static create(options: { blobs: BlobReader }): GitObjects {
    return new GitObjects(options.blobs);
  }

  /** The root folder of a commit. */
  async rootOf(commit: string): Promise<string | undefined> {
    const text = (await this.#read(commit))?.subarray(0, 80).toString('latin1');
    return /^tree (?<id>[0-9a-f]+)\n/.exec(text ?? '')?.groups?.id;
  }

  /** What a folder holds, by name; nothing of one that is too large to read. */
  async folder(id: string): Promise<Map<string, TreeEntry>> {
    const known = this.#trees.get(id);
    if (known) {
      return known;
    }
    const entries = parseTree(await this.#read(id), id.length / 2);
    this.#trees.set(id, entries);
    return entries;
  }

  /** Where a symbolic link leads. */
  async link(id: string): Promise<string | undefined> {
    return (await this.#read(id))?.toString('utf8');
  }

  /** The first document of a file of YAML; undefined where it is none, or too large. */
  async yaml(id: string): Promise<unknown> {
    if (!this.#values.has(id)) {
      const content = await this.#read(id);
      const parsed =
        content && content.length <= maxYamlBytes
          ? parseYaml(content)
          : undefined;
      this.#values.set(
        id,
        parsed && 'documents' in parsed
          ? parsed.documents[0]?.value ?? {}
          : undefined,
      );
    }
    return this.#values.get(id);
  }

  async #read(id: string): Promise<Buffer | undefined> {
    const blob = (await this.#blobs.read([id])).get(id);
    return blob && 'content' in blob ? blob.content : undefined;
  }
}

/** A tree object: `<mode> <name>\0<id>`, one after the other. */
function parseTree(
  content: Buffer | undefined,
  idBytes: number,
): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let start = 0; content && start < content.length; ) {
    const space = content.indexOf(0x20, start);
    const end = content.indexOf(0, space);
    const next = end + 1 + idBytes;
    entries.set(content.toString('utf8', space + 1, end), {
      kind: kindOf(content.toString('latin1', start, space)),
      id: content.toString('hex', end + 1, next),
    });
    start = next;
  }
  return entries;
}

function kindOf(mode: string): TreeEntry['kind'] {
  switch (mode) {
    case '40000':
    case '040000':
      return 'folder';
    case '120000':
      return 'link';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}
