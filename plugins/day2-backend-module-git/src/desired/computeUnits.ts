import { posix } from 'node:path';
import { readArgoApplication } from '../readers/readArgoApplication';
import { readManifest } from '../readers/readManifest';
import { readPattern, type VersionPattern } from '../readers/readPattern';
import { groupUnits, type PlacedWorkload } from './groupUnits';
import type { Layout, Root } from './Layout';
import type { ParsedFile, Unit } from './model';
import { findPlace, type PlacePattern } from './place';
import { renderKustomization } from './renderKustomization';
import { renderValues } from './renderValues';
import { at, isMapping } from './yaml';
import { readHelmValues } from '../readers/readHelmValues';

/** Files of a root, to be loaded before `computeUnits`. */
export function filesOfRoot(root: Root, layout: Layout): string[] {
  switch (root.kind) {
    case 'pattern':
      return layout.sha(root.path) ? [root.path] : [];
    case 'kustomization':
      return filesOfKustomization(root.path, root.path, layout, new Set());
    default:
      return layout
        .filesOf(root.path)
        .filter(path =>
          layout
            .rootsOf(path)
            .some(found => found.kind === root.kind && !isChartFile(path)),
        );
  }
}

/** The applications of a root, as its files have them. */
export function computeUnits(options: {
  root: Root;
  layout: Layout;
  places: PlacePattern[];
  patterns: VersionPattern[];
  file: (path: string) => ParsedFile | undefined;
}): Unit[] {
  const { root, layout, places } = options;
  const documents = (path: string) => {
    const file = options.file(path);
    return file && 'documents' in file ? file.documents : [];
  };
  if (root.kind === 'pattern') {
    const file = options.file(root.path);
    const text = file && 'documents' in file ? file.text : undefined;
    const workloads = options.patterns
      .filter(pattern => pattern.files.test(root.path))
      .flatMap(pattern =>
        text === undefined
          ? []
          : readPattern({ pattern, text, file: root.path, places }),
      );
    return groupUnits({
      path: root.path,
      workloads: workloads.map(workload => ({
        workload,
        place: {
          environment: workload.environment,
          target: workload.target,
          application: workload.name,
        },
        distinct: true,
      })),
    });
  }
  if (root.kind === 'kustomization') {
    const place = findPlace(
      posix.join(root.path, 'kustomization.yaml'),
      places,
    );
    const workloads = renderKustomization({
      directory: root.path,
      layout,
      documents,
      application: place.application ?? (posix.basename(root.path) || 'root'),
    });
    return groupUnits({
      path: root.path,
      workloads: workloads.map(workload => ({ workload, place })),
    });
  }
  const files = filesOfRoot(root, layout);
  if (root.kind === 'values') {
    return groupUnits({
      path: root.path,
      byFile: true,
      workloads: renderValues({
        directory: root.path,
        files: files
          .map(path => ({ path, value: documents(path)[0]?.value }))
          // A resource may be in a file of that name, too.
          .filter(
            ({ value }) => !at(value, 'kind') || !at(value, 'apiVersion'),
          ),
        places,
      }),
    });
  }
  const folder = findPlace(posix.join(root.path, 'x.yaml'), places);
  const workloads: PlacedWorkload[] = files.flatMap(path => {
    const place = findPlace(path, places);
    const distinct =
      place.environment !== folder.environment ||
      place.target !== folder.target;
    return documents(path).flatMap(document => {
      const workload =
        readManifest({ document, file: path }) ??
        readArgoApplication({ document, file: path });
      if (workload) {
        return [{ workload, place, distinct }];
      }
      return place.environment &&
        !at(document.value, 'kind') &&
        isMapping(document.value)
        ? loose(path, document.value, place, distinct)
        : [];
    });
  });
  return groupUnits({ path: root.path, byFile: true, workloads });
}

function isChartFile(path: string): boolean {
  return posix.basename(path) === 'Chart.yaml';
}

/** Values by another name, e.g. `production.yaml`: only what names a tag beside a repository counts. */
function loose(
  path: string,
  value: unknown,
  place: PlacedWorkload['place'],
  distinct: boolean,
): PlacedWorkload[] {
  return readHelmValues(value)
    .filter(image => image.version && image.versionFields.length > 1)
    .map(image => ({
      place,
      distinct,
      workload: {
        kind: 'values',
        name: image.name || place.application || posix.basename(path),
        labels: {},
        version: image.version,
        images: image.repository ? [image.repository] : [],
        imageNames: [],
        file: path,
        versionFields: image.versionFields.map(
          field => `${path}|undefined|${field}`,
        ),
      },
    }));
}

function filesOfKustomization(
  directory: string,
  root: string,
  layout: Layout,
  seen: Set<string>,
): string[] {
  const kustomization = layout.kustomization(directory);
  if (
    !kustomization ||
    seen.has(directory) ||
    (directory !== root && layout.isRoot(directory))
  ) {
    return [];
  }
  seen.add(directory);
  return [...kustomization.resources, ...kustomization.patches].flatMap(
    path => {
      if (layout.kustomization(path)) {
        return filesOfKustomization(path, root, layout, seen);
      }
      return layout.sha(path) ? [path] : [];
    },
  );
}
