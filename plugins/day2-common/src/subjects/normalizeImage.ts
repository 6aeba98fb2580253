/**
 * An image repository as it is compared: lower case, without tag, digest and
 * Docker Hub's implied parts.
 */
export function normalizeImage(image: string): string {
  return image
    .trim()
    .toLowerCase()
    .replace(/@.*$/, '')
    .replace(/:[^/:]+$/, '')
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '');
}
