import type { GitObjects } from './GitObjects';

const maxLinks = 20;

/** What stands at a path, the links on the way followed. */
export type Found =
  | { kind: 'folder' | 'file' | 'submodule'; id: string; path: string }
  | { kind: 'missing' | 'outside' };

/**
 * Finds paths in a commit, through symbolic links as a checkout of it would.
 * What is in a submodule is found as the submodule.
 */
export async function findPath(options: {
  objects: GitObjects;
  /** Id of the root folder. */
  root: string;
  path: string;
}): Promise<Found> {
  const { objects, root, path } = options;
  const folders = [{ name: '', id: root }];
  let left = partsOf(path);
  let links = 0;
  const here = (...more: string[]) =>
    [...folders.slice(1).map(({ name }) => name), ...more].join('/');
  while (left.length > 0) {
    const [name, ...rest] = left;
    left = rest;
    if (name === '..') {
      if (folders.length === 1) {
        return { kind: 'outside' };
      }
      folders.pop();
      continue;
    }
    const entry = (await objects.folder(folders.at(-1)!.id)).get(name);
    if (entry?.kind === 'folder') {
      folders.push({ name, id: entry.id });
    } else if (entry?.kind === 'link') {
      links += 1;
      const target = await objects.link(entry.id);
      if (target === undefined || links > maxLinks) {
        return { kind: 'missing' };
      }
      if (target.startsWith('/')) {
        return { kind: 'outside' };
      }
      left = [...partsOf(target), ...rest];
    } else if (entry?.kind === 'submodule') {
      return { kind: 'submodule', id: entry.id, path: here(name) };
    } else if (entry && rest.length === 0) {
      return { kind: 'file', id: entry.id, path: here(name) };
    } else {
      return { kind: 'missing' };
    }
  }
  return { kind: 'folder', id: folders.at(-1)!.id, path: here() };
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}
