import { objectHash } from './objectHash';

interface Blob {
  kind: 'blob';
  content: string;
  sha?: string;
}

type Entry = Blob | Tree;

/**
 * A folder of files as Git keeps it. Unchangeable: `with` gives another tree
 * that shares what did not change, so that each commit may hold its own.
 */
export class Tree {
  readonly kind = 'tree';
  readonly #entries: ReadonlyMap<string, Entry>;
  #sha?: string;

  private constructor(entries: ReadonlyMap<string, Entry>) {
    this.#entries = entries;
  }

  static empty(): Tree {
    return new Tree(new Map());
  }

  get sha(): string {
    this.#sha ??= this.#hash();
    return this.#sha;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  read(path: string): string | undefined {
    const slash = path.indexOf('/');
    if (slash < 0) {
      const entry = this.#entries.get(path);
      return entry?.kind === 'blob' ? entry.content : undefined;
    }
    const folder = this.#entries.get(path.slice(0, slash));
    return folder?.kind === 'tree'
      ? folder.read(path.slice(slash + 1))
      : undefined;
  }

  /** The tree with that file written, or removed where content is undefined. */
  with(path: string, content: string | undefined): Tree {
    const slash = path.indexOf('/');
    const entries = new Map(this.#entries);
    if (slash < 0) {
      if (content === undefined) {
        entries.delete(path);
      } else {
        entries.set(path, { kind: 'blob', content });
      }
      return new Tree(entries);
    }
    const name = path.slice(0, slash);
    const before = entries.get(name);
    const folder = before?.kind === 'tree' ? before : Tree.empty();
    const after = folder.with(path.slice(slash + 1), content);
    if (after.isEmpty) {
      entries.delete(name);
    } else {
      entries.set(name, after);
    }
    return new Tree(entries);
  }

  #hash(): string {
    // Git sorts a folder as if its name ended in a slash.
    const sorted = [...this.#entries]
      .map(([name, entry]) => ({
        name,
        entry,
        key: Buffer.from(entry.kind === 'tree' ? `${name}/` : name),
      }))
      .sort((a, b) => Buffer.compare(a.key, b.key));
    const parts: Buffer[] = [];
    for (const { name, entry } of sorted) {
      if (entry.kind === 'blob') {
        entry.sha ??= objectHash('blob', entry.content);
      }
      const mode = entry.kind === 'tree' ? '40000' : '100644';
      parts.push(Buffer.from(`${mode} ${name}\u0000`));
      parts.push(Buffer.from(entry.sha!, 'hex'));
    }
    return objectHash('tree', Buffer.concat(parts));
  }
}
