import { posix } from 'node:path';
import { transformImage, type Kustomization } from '../readers/kustomization';
import { readArgoApplication } from '../readers/readArgoApplication';
import { containersOf, readManifest } from '../readers/readManifest';
import { imageName, parseImage, versionOfImage } from './image';
import type { Layout } from './Layout';
import type { Document, ImageRef, Workload } from './model';
import { parseYaml, textAt } from './yaml';

interface Resource {
  document: Document;
  file: string;
  images: Map<string, { image: ImageRef; versionFields: string[] }>;
}

/**
 * What a Kustomization deploys, as far as versions go: the workloads of its
 * resources, their images after its patches and `images`. A Kustomization that
 * it names and that is deployed by itself is left out.
 */
export function renderKustomization(options: {
  directory: string;
  layout: Layout;
  documents: (path: string) => Document[];
  /** Name of the application where no resource is in the repository. */
  application: string;
}): Workload[] {
  const top = options.layout.kustomization(options.directory);
  if (!top) {
    return [];
  }
  const resources = collect({ ...options, seen: new Set(), top: true });
  const workloads = resources.flatMap(({ document, file, images }) => {
    const workload =
      readManifest({ document, file, images }) ??
      readArgoApplication({ document, file });
    return workload ? [workload] : [];
  });
  return workloads.length > 0
    ? workloads
    : fromImages(top, options.application);
}

function collect(options: {
  directory: string;
  layout: Layout;
  documents: (path: string) => Document[];
  seen: Set<string>;
  top: boolean;
}): Resource[] {
  const { directory, layout, seen } = options;
  const kustomization = layout.kustomization(directory);
  if (
    !kustomization ||
    seen.has(directory) ||
    (!options.top && layout.isRoot(directory))
  ) {
    return [];
  }
  seen.add(directory);
  const resources: Resource[] = kustomization.resources.flatMap(path =>
    layout.kustomization(path)
      ? collect({ ...options, directory: path, top: false })
      : options.documents(path).map(document => resourceOf(document, path)),
  );
  for (const path of kustomization.patches) {
    for (const document of options.documents(path)) {
      applyPatch(resources, document, path, undefined);
    }
  }
  for (const { text, target } of kustomization.inlinePatches) {
    const parsed = parseYaml(Buffer.from(text));
    for (const document of 'documents' in parsed ? parsed.documents : []) {
      applyPatch(resources, document, kustomization.file, target);
    }
  }
  for (const resource of resources) {
    for (const [name, entry] of resource.images) {
      resource.images.set(name, transformImage({ kustomization, ...entry }));
    }
  }
  return resources;
}

function resourceOf(document: Document, file: string): Resource {
  const images: Resource['images'] = new Map();
  for (const { name, image, field } of containersOf(document)) {
    images.set(name, {
      image: parseImage(image),
      versionFields: [`${file}|${document.resource}|${field}`],
    });
  }
  return { document, file, images };
}

/** A strategic merge patch of containers, or a JSON patch of an image. */
function applyPatch(
  resources: Resource[],
  patch: Document,
  file: string,
  target: string | undefined,
): void {
  if (Array.isArray(patch.value)) {
    for (const operation of patch.value) {
      const groups = /\/spec\/containers\/(?<index>\d+)\/image$/.exec(
        textAt(operation, 'path') ?? '',
      )?.groups;
      const value = textAt(operation, 'value');
      if (groups && value) {
        for (const resource of resources) {
          const containers = containersOf(resource.document);
          const container = containers[Number(groups.index)];
          const name = textAt(resource.document.value, 'metadata', 'name');
          if (container && (!target || target === name)) {
            resource.images.set(container.name, {
              image: parseImage(value),
              versionFields: [],
            });
          }
        }
      }
    }
    return;
  }
  for (const resource of resources) {
    if (
      resource.document.resource !== patch.resource &&
      !(target && resource.document.resource?.endsWith(`/${target}`))
    ) {
      continue;
    }
    for (const { name, image, field } of containersOf(patch)) {
      if (resource.images.has(name)) {
        resource.images.set(name, {
          image: parseImage(image),
          versionFields: [`${file}|${patch.resource}|${field}`],
        });
      }
    }
  }
}

/** A Kustomization of resources elsewhere: its `images`, else the revision of a remote one, tell the version. */
function fromImages(
  kustomization: Kustomization,
  application: string,
): Workload[] {
  const entries = kustomization.images;
  const entry =
    entries.find(({ name }) => imageName(name) === application) ?? entries[0];
  const remote = kustomization.remotes
    .map(url => /[?&]ref=(?<ref>[^&]+)/.exec(url)?.groups?.ref)
    .find(ref => ref !== undefined && /\d/.test(ref));
  if (!entry && kustomization.remotes.length === 0) {
    return [];
  }
  const image = entry && {
    ...entry.change,
    repository: entry.change.repository ?? entry.name,
  };
  const remoteVersion = remote ? { name: remote } : undefined;
  const position = remote ? listPosition(kustomization, remote) : undefined;
  return [
    {
      kind: 'Kustomization',
      name: application || posix.basename(kustomization.directory),
      labels: {},
      version: image ? versionOfImage(image) : remoteVersion,
      images: image?.repository ? [image.repository] : [],
      imageNames: entries.map(({ name }) => name),
      file: kustomization.file,
      versionFields: (entry ? entry.fields : position ?? []).map(
        field => `${kustomization.file}|undefined|${field}`,
      ),
    },
  ];
}

function listPosition(kustomization: Kustomization, ref: string): string[] {
  return kustomization.remotes.flatMap((url, index) =>
    url.includes(ref) ? [`resources[${index}]`, `bases[${index}]`] : [],
  );
}
