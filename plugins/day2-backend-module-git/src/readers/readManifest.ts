import { imageName, parseImage, versionOfImage } from '../desired/image';
import type { Document, ImageRef, Workload } from '../desired/model';
import { at, isMapping, listAt, textAt } from '../desired/yaml';

const templates: Record<string, string[]> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** A container of a workload and the path of its image. */
export interface Container {
  name: string;
  image: string;
  field: string;
}

/** Whether a document is a workload of Kubernetes. */
export function isWorkload(document: Document): boolean {
  const kind = textAt(document.value, 'kind');
  return (
    kind !== undefined &&
    Object.hasOwn(templates, kind) &&
    isMapping(at(document.value, 'spec'))
  );
}

/** The containers of a workload that name an image. */
export function containersOf(document: Document): Container[] {
  const path = templates[textAt(document.value, 'kind') ?? ''] ?? [];
  const prefix = [...path, 'spec', 'containers'];
  const items = listAt(document.value, ...prefix);
  const named = items.every(item => textAt(item, 'name'));
  return items.flatMap((item, index) => {
    const image = textAt(item, 'image');
    const name = textAt(item, 'name') ?? '';
    return image
      ? [
          {
            name,
            image,
            field: `${prefix.join('.')}[${named ? name : index}].image`,
          },
        ]
      : [];
  });
}

/**
 * A workload: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob,
 * Pod, Argo Rollout. Its version is that of its primary container: the one
 * named like the workload, or whose image is, else the first.
 */
export function readManifest(options: {
  document: Document;
  file: string;
  /** Images as they end up, e.g. after a Kustomization's `images`. */
  images?: Map<string, { image: ImageRef; versionFields: string[] }>;
}): Workload | undefined {
  const { document, file } = options;
  const name = textAt(document.value, 'metadata', 'name');
  const kind = textAt(document.value, 'kind');
  if (!isWorkload(document) || !name || !kind) {
    return undefined;
  }
  const containers = containersOf(document).map(container => {
    const override = options.images?.get(container.name);
    return {
      ...container,
      ref: override?.image ?? parseImage(container.image),
      versionFields: override?.versionFields ?? [
        `${file}|${document.resource}|${container.field}`,
      ],
    };
  });
  const primary =
    containers.find(container => container.name === name) ??
    containers.find(
      ({ ref }) => ref.repository && imageName(ref.repository) === name,
    ) ??
    containers[0];
  const ordered = primary
    ? [primary, ...containers.filter(container => container !== primary)]
    : [];
  const template = templates[kind];
  return {
    kind,
    name,
    namespace: textAt(document.value, 'metadata', 'namespace'),
    labels: {
      ...labelsOf(at(document.value, ...template, 'metadata', 'labels')),
      ...labelsOf(at(document.value, 'metadata', 'labels')),
    },
    version: primary && versionOfImage(primary.ref),
    images: distinct(ordered.map(({ ref }) => ref.repository)),
    imageNames: distinct(
      ordered.map(({ image }) => parseImage(image).repository),
    ),
    file,
    versionFields: primary?.versionFields ?? [],
  };
}

/** The labels of a mapping, texts only. */
export function labelsOf(value: unknown): Record<string, string> {
  const labels: Record<string, string> = {};
  if (isMapping(value)) {
    for (const [key, label] of Object.entries(value).slice(0, 50)) {
      if (typeof label === 'string') {
        labels[key] = label;
      }
    }
  }
  return labels;
}

function distinct(items: (string | undefined)[]): string[] {
  return [...new Set(items.filter(item => item !== undefined))];
}
