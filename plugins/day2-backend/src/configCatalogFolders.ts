import { dirname, resolve, sep } from 'node:path';
import { isRecord } from './configEnvironments';

/**
 * Folders on this machine that catalog locations of app-config point into: as
 * the catalog resolves them, up to the first part that is a pattern.
 */
export function readCatalogFolders(locations: unknown): string[] {
  const listed: unknown[] = Array.isArray(locations) ? locations : [];
  const folders = listed.flatMap(location => {
    const { type, target } = isRecord(location) ? location : {};
    if (type !== 'file' || typeof target !== 'string' || target === '') {
      return [];
    }
    const parts = resolve(target).split(sep);
    const pattern = parts.findIndex(part => /[*?[\]{}()!+@]/.test(part));
    return [
      pattern < 0
        ? dirname(resolve(target))
        : parts.slice(0, pattern).join(sep) || sep,
    ];
  });
  return [...new Set(folders)];
}
