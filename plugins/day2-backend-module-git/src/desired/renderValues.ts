import { posix } from 'node:path';
import { readHelmValues } from '../readers/readHelmValues';
import type { PlacedWorkload } from './groupUnits';
import { findPlace, type PlacePattern } from './place';
import { isMapping, type Mapping } from './yaml';

/**
 * The applications that the Helm values of a directory describe: each file
 * that names an environment on top of the ones that name none, or those alone.
 */
export function renderValues(options: {
  directory: string;
  files: { path: string; value: unknown }[];
  places: PlacePattern[];
}): PlacedWorkload[] {
  const folder = findPlace(
    posix.join(options.directory, 'x.yaml'),
    options.places,
  );
  const files = options.files.map(file => ({
    ...file,
    place: findPlace(file.path, options.places),
  }));
  const ofEnvironment = files.filter(
    ({ place }) =>
      place.environment !== folder.environment ||
      place.target !== folder.target,
  );
  const shared = files.filter(file => !ofEnvironment.includes(file));
  let base: unknown = {};
  const plain = shared.sort((a, b) => a.path.length - b.path.length);
  for (const { value } of plain) {
    base = merge(base, value, 0);
  }
  if (ofEnvironment.length === 0) {
    const last = plain[plain.length - 1];
    return last
      ? placed({
          ...options,
          file: last.path,
          value: base,
          place: folder,
          shared: plain.map(({ path }) => path),
          distinct: false,
        })
      : [];
  }
  return ofEnvironment.flatMap(({ path, value, place }) =>
    placed({
      ...options,
      file: path,
      value: merge(base, value, 0),
      place,
      shared: plain.map(item => item.path),
      distinct: true,
    }),
  );
}

function placed(options: {
  directory: string;
  file: string;
  value: unknown;
  place: PlacedWorkload['place'];
  shared: string[];
  distinct: boolean;
}): PlacedWorkload[] {
  const { file, place, distinct } = options;
  const fallback =
    place.application ?? (posix.basename(options.directory) || 'values');
  const images = readHelmValues(options.value);
  const found =
    images.length > 0
      ? images
      : [
          {
            name: '',
            version: undefined,
            repository: undefined,
            versionFields: [],
          },
        ];
  return found.map(image => ({
    place: image.name ? { ...place, application: image.name } : place,
    distinct,
    workload: {
      kind: 'values',
      name: image.name || fallback,
      labels: {},
      version: image.version,
      images: image.repository ? [image.repository] : [],
      imageNames: [],
      file,
      versionFields: [file, ...options.shared].flatMap(path =>
        image.versionFields.map(field => `${path}|undefined|${field}`),
      ),
    },
  }));
}

function merge(base: unknown, over: unknown, depth: number): unknown {
  if (!isMapping(base) || !isMapping(over) || depth > 20) {
    return over ?? base;
  }
  const result: Mapping = { ...base };
  for (const [key, value] of Object.entries(over)) {
    result[key] = merge(result[key], value, depth + 1);
  }
  return result;
}
