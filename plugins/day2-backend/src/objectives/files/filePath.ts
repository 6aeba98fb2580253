/** What an annotation names: a file, or a folder of them. */
export type NamedPath =
  | { path: string; isFolder: boolean }
  | { problem: string };

/** A path below the folder of catalog-info.yaml, or why it is none. */
export function namedPath(text: string): NamedPath {
  const parts = text.split('/').filter(part => part !== '' && part !== '.');
  if (
    text.startsWith('/') ||
    text.length > 200 ||
    parts.length === 0 ||
    parts.length > 20 ||
    parts.includes('..') ||
    // Of an address, of Windows, or what an address would read otherwise.
    /[:\\?#%\p{C}]/u.test(text)
  ) {
    return {
      problem:
        'must be a path below the folder of catalog-info.yaml, e.g. slo/cart.yaml',
    };
  }
  return {
    path: parts.join('/'),
    isFolder: !isYaml(text) && !/\.json$/i.test(text),
  };
}

/** Tells what is read of a folder. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
