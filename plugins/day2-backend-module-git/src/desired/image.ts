import type { ImageRef, Version } from './model';

/** Takes `registry:5000/owner/name:tag@sha256:…` apart. */
export function parseImage(text: string): ImageRef {
  const [named, digest] = text.trim().split('@', 2);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  return withoutAbsent({
    repository: hasTag ? named.slice(0, colon) : named,
    tag: hasTag ? named.slice(colon + 1) : undefined,
    digest,
  });
}

/** An image as a version; none where it names neither tag nor digest or is still a template. */
export function versionOfImage(image: ImageRef): Version | undefined {
  const { tag, digest } = image;
  if (`${tag ?? ''}${image.repository ?? ''}`.match(/\{\{|\$\{|\$\(/)) {
    return undefined;
  }
  if (tag && digest) {
    // A tag that moves (`latest`, `main`) does not tell one release from the next.
    const moving = !/\d/.test(tag);
    return {
      name: moving ? `${tag}@${shortDigest(digest)}` : tag,
      image: withoutAbsent(image),
    };
  }
  const name = tag ?? digest;
  return name ? { name, image: withoutAbsent(image) } : undefined;
}

/** Whether two versions ask for the same. */
export function sameVersion(a?: Version, b?: Version): boolean {
  return (
    a?.name === b?.name && (a?.image?.digest ?? '') === (b?.image?.digest ?? '')
  );
}

/** Last segment of an image's repository. */
export function imageName(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

function withoutAbsent(image: ImageRef): ImageRef {
  return Object.fromEntries(
    Object.entries(image).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}
