import {
  MAX_ENTITY,
  MAX_FILES,
  type FoundFile,
  type FoundFolder,
} from './FoundFile';
import { namedPath } from './filePath';
import { CONVENTIONAL, type ObjectiveEntity } from './objectiveEntity';
import { isWithin, listOnDisk, readFromDisk } from './readFromDisk';
import type { RemoteFiles } from './RemoteFiles';

const tooMany: FoundFile = {
  kind: 'refused',
  reason: `has more than ${MAX_FILES} files; the others are not read`,
};

const elsewhere: FoundFile = {
  kind: 'refused',
  reason:
    'lies on the portal’s own disk where no file location of catalog.locations in app-config points to',
};

const tooMuch = {
  kind: 'refused' as const,
  reason: 'is left out: the files of an entity are 512 kB at most',
};

/** Characters of texts that are kept for other entities of one catalog file. */
const MAX_KEPT = 8_000_000;
const MAX_KEPT_FILES = 20_000;

interface EntityFilesOptions {
  remote: RemoteFiles;
  /** Those on this machine that may be read. */
  folders: string[];
  signal: AbortSignal;
}

/** Reads the SLO files of entities within one run: each file once, as far as it can be kept. */
export class EntityFiles {
  readonly #remote: RemoteFiles;
  readonly #folders: string[];
  readonly #signal: AbortSignal;
  readonly #read = new Map<string, Promise<FoundFile>>();
  #kept = 0;

  private constructor(options: EntityFilesOptions) {
    this.#remote = options.remote;
    this.#folders = options.folders;
    this.#signal = options.signal;
  }

  static create(options: EntityFilesOptions): EntityFiles {
    return new EntityFiles(options);
  }

  /**
   * Files of an entity by their paths, those that are absent left out where
   * nobody named them; at most 50, and 512 kB of them.
   */
  async of(entity: ObjectiveEntity): Promise<Map<string, FoundFile>> {
    const files = await this.#all(entity);
    let size = 0;
    for (const [path, file] of files) {
      size += file.kind === 'text' ? Buffer.byteLength(file.text) : 0;
      if (file.kind === 'text' && size > MAX_ENTITY) {
        files.set(path, { ...tooMuch, url: file.url });
      }
    }
    return files;
  }

  async #all(entity: ObjectiveEntity): Promise<Map<string, FoundFile>> {
    const files = new Map<string, FoundFile>();
    const { type, target } = entity.location;
    // Where it lies is what an annotation says, which its owner may write.
    if (type === 'file' && !(await isWithin(target, this.#folders))) {
      for (const path of entity.named?.slice(0, MAX_FILES) ?? []) {
        files.set(path.slice(0, 500), elsewhere);
      }
      return files;
    }
    if (!entity.named) {
      for (const path of CONVENTIONAL) {
        const found = await this.#file(entity, path);
        if (found.kind !== 'absent') {
          files.set(path, found);
        }
      }
      return files;
    }
    for (const text of entity.named) {
      if (files.size >= MAX_FILES) {
        files.set('more', tooMany);
        break;
      }
      const named = namedPath(text);
      if ('problem' in named) {
        files.set(text.slice(0, 500), {
          kind: 'refused',
          reason: named.problem,
        });
      } else if (named.isFolder) {
        this.#add(files, named.path, await this.#folder(entity, named.path));
      } else {
        files.set(named.path, await this.#file(entity, named.path));
      }
    }
    return files;
  }

  #add(
    files: Map<string, FoundFile>,
    folder: string,
    found: FoundFolder,
  ): void {
    if (found.kind !== 'files') {
      files.set(folder, found);
      return;
    }
    for (const [path, file] of found.files) {
      files.set(`${folder}/${path}`, file);
    }
    if (found.more || files.size > MAX_FILES) {
      files.set(folder, tooMany);
    }
  }

  async #file(entity: ObjectiveEntity, path: string): Promise<FoundFile> {
    const { type, target } = entity.location;
    // Entities of one catalog file share what is beside it.
    const key = `${target}\n${path}`;
    const reading =
      this.#read.get(key) ??
      (type === 'file'
        ? readFromDisk({ target, path })
        : this.#remote.read({ target, path, signal: this.#signal }));
    const isNew = !this.#read.has(key);
    this.#read.set(key, reading);
    const found = await reading;
    if (isNew) {
      this.#kept += sizeOf(found);
      await this.#makeRoom();
    }
    return found;
  }

  /** Forgets those that were read first. */
  async #makeRoom(): Promise<void> {
    for (const [key, reading] of this.#read) {
      if (this.#kept <= MAX_KEPT && this.#read.size <= MAX_KEPT_FILES) {
        break;
      }
      this.#read.delete(key);
      this.#kept -= sizeOf(await reading);
    }
  }

  async #folder(entity: ObjectiveEntity, path: string): Promise<FoundFolder> {
    const { type, target } = entity.location;
    return type === 'file'
      ? await listOnDisk({ target, path })
      : await this.#remote.list({ target, path, signal: this.#signal });
  }
}

function sizeOf(file: FoundFile): number {
  return file.kind === 'text' ? file.text.length : 0;
}
