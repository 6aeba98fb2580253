import { parseImage, versionOfImage } from '../desired/image';
import type { ImageRef, Version } from '../desired/model';
import { at, isMapping, textAt } from '../desired/yaml';

/** An image that Helm values name, and the fields that say its version. */
export interface ValuesImage {
  /** Key that holds the `image`; empty at the top. */
  name: string;
  version?: Version;
  repository?: string;
  versionFields: string[];
}

const maxDepth = 3;

/**
 * The images of Helm values: `image.tag`, `image: {repository, tag, digest}`
 * and `image: 'repository:tag'`, at the top or below a key. Where the top names
 * one, the values are of one application; otherwise each key is one.
 */
export function readHelmValues(value: unknown): ValuesImage[] {
  const top = imageAt(value, '');
  if (top) {
    return [top];
  }
  const found: ValuesImage[] = [];
  function visit(node: unknown, path: string[]): void {
    if (!isMapping(node) || path.length >= maxDepth) {
      return;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'global') {
        continue;
      }
      const image = imageAt(child, [...path, key].join('.'));
      if (image) {
        found.push(image);
      } else {
        visit(child, [...path, key]);
      }
    }
  }
  visit(value, []);
  return found;
}

function imageAt(value: unknown, name: string): ValuesImage | undefined {
  const image = at(value, 'image');
  const prefix = name ? `${name}.image` : 'image';
  const label = name.slice(name.lastIndexOf('.') + 1);
  if (typeof image === 'string' && image !== '') {
    // Beside it some charts have the tag as a key of its own.
    const beside = textAt(value, 'imageTag') ?? textAt(value, 'tag');
    const ref = parseImage(image);
    const version = versionOfImage(
      beside && !ref.tag ? { ...ref, tag: beside } : ref,
    );
    return {
      name: label,
      version,
      repository: ref.repository,
      versionFields: [
        prefix,
        ...(beside
          ? [
              `${name ? `${name}.` : ''}imageTag`,
              `${name ? `${name}.` : ''}tag`,
            ]
          : []),
      ],
    };
  }
  if (!isMapping(image)) {
    return undefined;
  }
  const tag = textAt(image, 'tag');
  const digest = textAt(image, 'digest') ?? textAt(image, 'sha');
  const repository = repositoryOf(image);
  if (tag === undefined && digest === undefined && repository === undefined) {
    return undefined;
  }
  const parts: ImageRef = { repository, tag, digest };
  if (tag?.includes('@')) {
    [parts.tag, parts.digest] = tag.split('@', 2);
  }
  return {
    name: label,
    version: versionOfImage(parts),
    repository,
    versionFields: [`${prefix}.tag`, `${prefix}.digest`, `${prefix}.sha`],
  };
}

function repositoryOf(image: unknown): string | undefined {
  const repository =
    textAt(image, 'repository') ?? textAt(image, 'name') ?? undefined;
  const registry = textAt(image, 'registry');
  return repository && registry ? `${registry}/${repository}` : repository;
}
