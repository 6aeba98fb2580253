import { posix } from 'node:path';
import { parseImage } from '../desired/image';
import type { ImageRef } from '../desired/model';
import { isMapping, listAt, textAt } from '../desired/yaml';

/** A Kustomization, as far as it says what runs. */
export interface Kustomization {
  /** Path of the file. */
  file: string;
  directory: string;
  /** Local files and directories it is made of, as paths in the repository. */
  references: string[];
  /** Of those the ones whose documents are resources or patches of resources, in order. */
  resources: string[];
  patches: string[];
  inlinePatches: { text: string; target?: string }[];
  remotes: string[];
  images: { name: string; change: ImageRef; fields: string[] }[];
}

const isRemote = /^[a-z][a-z0-9+.-]*:\/\/|^git@|^github\.com\/|^oci:|\?ref=/i;

/** Whether a path is that of a Kustomization. */
export function isKustomizationPath(path: string): boolean {
  return /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Reads a Kustomization; a reference to another machine or out of the repository is no local one. */
export function readKustomization(file: string, value: unknown): Kustomization {
  const directory = posix.dirname(file);
  const remotes: string[] = [];
  function local(items: unknown[]): string[] {
    return items.flatMap(item => {
      if (typeof item !== 'string' || item.includes('\n')) {
        return [];
      }
      if (isRemote.test(item)) {
        remotes.push(item);
        return [];
      }
      const path = posix
        .normalize(posix.join(directory, item))
        .replace(/\/$/, '');
      return path.startsWith('..') ? [] : [path];
    });
  }
  const resources = local([
    ...listAt(value, 'resources'),
    ...listAt(value, 'bases'),
    ...listAt(value, 'components'),
  ]);
  const patchItems = [
    ...listAt(value, 'patches'),
    ...listAt(value, 'patchesJson6902'),
  ];
  const strategic = listAt(value, 'patchesStrategicMerge');
  const patches = local([
    ...strategic,
    ...patchItems.map(item => textAt(item, 'path')),
  ]);
  const inlinePatches = [
    ...strategic
      .filter(
        (item): item is string =>
          typeof item === 'string' && item.includes('\n'),
      )
      .map(text => ({ text, target: undefined })),
    ...patchItems.flatMap(item => {
      const text = textAt(item, 'patch');
      return text ? [{ text, target: textAt(item, 'target', 'name') }] : [];
    }),
  ];
  const others = local([
    ...[
      ...listAt(value, 'configMapGenerator'),
      ...listAt(value, 'secretGenerator'),
    ].flatMap(generator => [
      ...listAt(generator, 'files').map(afterEquals),
      ...listAt(generator, 'envs'),
      textAt(generator, 'env'),
    ]),
    ...listAt(value, 'replacements').map(item => textAt(item, 'path')),
    ...listAt(value, 'helmCharts').map(item => textAt(item, 'valuesFile')),
    ...listAt(value, 'transformers'),
    ...listAt(value, 'generators'),
    ...listAt(value, 'configurations'),
  ]);
  return {
    file,
    directory,
    references: [...new Set([...resources, ...patches, ...others])],
    resources,
    patches,
    inlinePatches,
    remotes,
    images: readImages(value),
  };
}

/** The image after a Kustomization's `images`, and the fields that set its version. */
export function transformImage(options: {
  kustomization: Kustomization;
  image: ImageRef;
  versionFields: string[];
}): { image: ImageRef; versionFields: string[] } {
  let { image, versionFields } = options;
  for (const entry of options.kustomization.images) {
    if (entry.name === image.repository) {
      const { repository, tag, digest } = entry.change;
      image = {
        repository: repository ?? image.repository,
        tag: tag ?? (digest ? undefined : image.tag),
        digest: digest ?? (tag ? undefined : image.digest),
      };
      if (tag || digest) {
        versionFields = entry.fields.map(
          field => `${options.kustomization.file}|undefined|${field}`,
        );
      }
    }
  }
  return { image, versionFields };
}

function readImages(value: unknown): Kustomization['images'] {
  return listAt(value, 'images').flatMap(item => {
    const name = textAt(item, 'name');
    if (!isMapping(item) || !name) {
      return [];
    }
    return [
      {
        name: parseImage(name).repository ?? name,
        change: {
          repository: textAt(item, 'newName'),
          tag: textAt(item, 'newTag'),
          digest: textAt(item, 'digest'),
        },
        fields: [`images[${name}].newTag`, `images[${name}].digest`],
      },
    ];
  });
}

function afterEquals(item: unknown): unknown {
  return typeof item === 'string'
    ? item.slice(item.indexOf('=') + 1)
    : undefined;
}
