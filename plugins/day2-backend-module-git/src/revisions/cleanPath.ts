/** A path as git takes it after `<sha>:`; undefined for what can be none. */
export function cleanPath(path: string): string | undefined {
  if (/[\0\n\r]/.test(path)) {
    return undefined;
  }
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}
