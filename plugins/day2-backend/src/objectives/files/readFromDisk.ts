import { opendir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import {
  MAX_FILE,
  MAX_FILES,
  tooLarge,
  type FoundFile,
  type FoundFolder,
} from './FoundFile';
import { isYaml } from './filePath';

/** Entries of a folder that are looked at. */
const MAX_ENTRIES = 2_000;

/**
 * A file below the folder of a catalog file on this machine. What a link leads
 * elsewhere is not read.
 */
export async function readFromDisk(options: {
  /** The catalog file. */
  target: string;
  path: string;
}): Promise<FoundFile> {
  return await guarded(async () => {
    const found = await placeOf(options);
    if (!found) {
      return { kind: 'refused', reason: 'leads out of its folder' };
    }
    const { size, isFile } = await statOf(found);
    if (!isFile) {
      return { kind: 'refused', reason: 'is no file' };
    }
    return size > MAX_FILE
      ? tooLarge()
      : { kind: 'text', text: await readFile(found, 'utf8') };
  });
}

/** Files of a folder below it, by the same rules. */
export async function listOnDisk(options: {
  target: string;
  path: string;
}): Promise<FoundFolder> {
  return await guarded<FoundFolder>(async () => {
    const folder = await placeOf(options);
    if (!folder) {
      return { kind: 'refused', reason: 'leads out of its folder' };
    }
    const { paths, more } = await yamlBelow(folder);
    const files = new Map<string, FoundFile>();
    for (const path of paths.slice(0, MAX_FILES)) {
      const within = join(options.path, path);
      files.set(
        path.split(sep).join('/'),
        await readFromDisk({ ...options, path: within }),
      );
    }
    return {
      kind: 'files',
      files,
      more: more || paths.length > MAX_FILES,
    };
  });
}

/** Paths of YAML files in their order; it stops where there is too much to look at. */
async function yamlBelow(
  folder: string,
): Promise<{ paths: string[]; more: boolean }> {
  const paths: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let at = 0; at < folders.length; at += 1) {
    for await (const entry of await opendir(folders[at])) {
      seen += 1;
      if (seen > MAX_ENTRIES) {
        return { paths: paths.sort(), more: true };
      }
      const path = join(folders[at], entry.name);
      if (entry.isDirectory()) {
        folders.push(path);
      } else if (isYaml(entry.name)) {
        paths.push(relative(folder, path));
      }
    }
  }
  return { paths: paths.sort(), more: false };
}

/** Undefined where a link leads out. */
async function placeOf(options: {
  target: string;
  path: string;
}): Promise<string | undefined> {
  const root = await realpath(dirname(options.target));
  const found = await realpath(join(root, options.path));
  return found.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
    ? found
    : undefined;
}

/** Whether a catalog file lies in one of these folders or below it. */
export async function isWithin(
  target: string,
  folders: string[],
): Promise<boolean> {
  const real = async (path: string) =>
    await realpath(path).catch(() => undefined);
  const place = await real(dirname(target));
  const roots = await Promise.all(folders.map(real));
  return roots.some(
    root =>
      root !== undefined &&
      place !== undefined &&
      `${place}${sep}`.startsWith(root.endsWith(sep) ? root : `${root}${sep}`),
  );
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

async function guarded<T>(
  read: () => Promise<T>,
): Promise<T | Exclude<FoundFile, { kind: 'text' }>> {
  try {
    return await read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return { kind: 'absent' };
    }
    return {
      kind: 'unreadable',
      reason: `cannot be read${/^E[A-Z]+$/.test(code) ? ` (${code})` : ''}`,
    };
  }
}
