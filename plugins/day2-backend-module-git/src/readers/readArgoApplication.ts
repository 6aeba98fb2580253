import {
  isEnvironmentWord,
  placeOfApplication,
  splitEnvironment,
} from '@day2/backstage-plugin-day2-common';
import { imageName, parseImage, versionOfImage } from '../desired/image';
import type { Document, Version, Workload } from '../desired/model';
import { parseYaml, at, isMapping, listAt, textAt } from '../desired/yaml';
import { readHelmValues } from './readHelmValues';
import { labelsOf } from './readManifest';

interface Found {
  version?: Version;
  repository?: string;
  fields: string[];
}

/** Branches and the like: where to look, not what to deploy. */
const moving =
  /^(HEAD|main|master|develop|trunk|stable|release|production|staging|development|[~^*x<>].*|.*[*x])$/i;

/**
 * An Argo CD `Application`, or a Flux `HelmRelease`: its version is the image
 * tag it gives to Helm or Kustomize, else the chart's or the Git revision's
 * name, unless that is a branch.
 */
export function readArgoApplication(options: {
  document: Document;
  file: string;
}): Workload | undefined {
  const { document, file } = options;
  const kind = textAt(document.value, 'kind');
  const name = textAt(document.value, 'metadata', 'name');
  if (!name || !isMapping(at(document.value, 'spec'))) {
    return undefined;
  }
  const apiVersion = textAt(document.value, 'apiVersion') ?? '';
  let found: Found | undefined;
  if (kind === 'Application' && apiVersion.startsWith('argoproj.io/')) {
    found = ofSources(document.value, name);
  } else if (kind === 'HelmRelease') {
    found = ofHelmRelease(document.value);
  } else {
    return undefined;
  }
  const labels = labelsOf(at(document.value, 'metadata', 'labels'));
  return {
    kind,
    name,
    namespace: textAt(document.value, 'metadata', 'namespace'),
    labels,
    version: found.version,
    images: found.repository ? [found.repository] : [],
    imageNames: found.repository ? [found.repository] : [],
    file,
    versionFields: found.fields.map(
      field => `${file}|${document.resource}|${field}`,
    ),
    ...placeOf({ document, name, labels }),
  };
}

function ofSources(value: unknown, name: string): Found {
  const several = listAt(value, 'spec', 'sources');
  const sources =
    several.length > 0
      ? several.map((source, index) => ({
          source,
          path: `spec.sources[${
            textAt(source, 'name') &&
            several.every(item => textAt(item, 'name'))
              ? textAt(source, 'name')
              : index
          }]`,
        }))
      : [{ source: at(value, 'spec', 'source'), path: 'spec.source' }];
  const candidates: Found[] = sources.flatMap(({ source, path }) => [
    ...ofParameters(source, path),
    ...ofValues(source, path),
    ...ofKustomize(source, path, name),
  ]);
  const image = candidates.find(candidate => candidate.version);
  return (
    image ??
    sources
      .map(({ source, path }) => ofRevision(source, path))
      .find(Boolean) ?? {
      fields: [],
    }
  );
}

function ofParameters(source: unknown, path: string): Found[] {
  const parameters = listAt(source, 'helm', 'parameters');
  const value = (name: string) =>
    parameters
      .map(item => ({
        name: textAt(item, 'name'),
        value: textAt(item, 'value'),
      }))
      .find(item => item.name === name)?.value;
  const found = parameters.flatMap(item => {
    const name = textAt(item, 'name') ?? '';
    const match =
      /^(?<prefix>.*\.)?image\.(?<part>tag|digest)$|^(?<short>image|imageTag)$/.exec(
        name,
      );
    const text = textAt(item, 'value');
    if (!match?.groups || !text) {
      return [];
    }
    const prefix = match.groups.prefix ?? '';
    const repository = value(`${prefix}image.repository`);
    const version =
      match.groups.short === 'image'
        ? versionOfImage(parseImage(text))
        : versionOfImage({
            repository,
            ...(match.groups.part === 'digest'
              ? { digest: text }
              : { tag: text }),
          });
    return [
      {
        prefix,
        version,
        repository: version?.image?.repository ?? repository,
        fields: [`${path}.helm.parameters[${name}].value`],
      },
    ];
  });
  // `redis.image.tag` is that of a part.
  return found
    .sort((a, b) => Number(a.prefix !== '') - Number(b.prefix !== ''))
    .map(({ prefix: _, ...rest }) => rest);
}

function ofValues(source: unknown, path: string): Found[] {
  const object = at(source, 'helm', 'valuesObject');
  const found = readHelmValues(object).map(image => ({
    version: image.version,
    repository: image.repository,
    fields: image.versionFields.map(
      field => `${path}.helm.valuesObject.${field}`,
    ),
  }));
  const text = textAt(source, 'helm', 'values');
  if (text) {
    const parsed = parseYaml(Buffer.from(text));
    const values =
      'documents' in parsed ? parsed.documents[0]?.value : undefined;
    found.push(
      ...readHelmValues(values).map(image => ({
        version: image.version,
        repository: image.repository,
        fields: [`${path}.helm.values`],
      })),
    );
  }
  return found;
}

function ofKustomize(source: unknown, path: string, name: string): Found[] {
  const images = listAt(source, 'kustomize', 'images').map((item, index) => {
    const text = typeof item === 'string' ? item : '';
    const renamed = text.slice(text.indexOf('=') + 1);
    const ref = parseImage(renamed);
    return {
      version: versionOfImage(ref),
      repository: ref.repository,
      fields: [`${path}.kustomize.images[${index}]`],
    };
  });
  return images.sort(
    (a, b) =>
      Number(isNamed(b.repository, name)) - Number(isNamed(a.repository, name)),
  );
}

function isNamed(repository: string | undefined, name: string): boolean {
  return repository !== undefined && name.startsWith(imageName(repository));
}

function ofRevision(source: unknown, path: string): Found | undefined {
  const revision = textAt(source, 'targetRevision');
  const chart = textAt(source, 'chart');
  if (
    !revision ||
    moving.test(revision) ||
    (!chart && /^refs\/heads\//.test(revision))
  ) {
    return undefined;
  }
  const isVersion = chart || /\d/.test(revision);
  return isVersion
    ? {
        version: {
          name: revision.replace(/^refs\/tags\//, ''),
          ...(chart ? { isChart: true } : {}),
        },
        fields: [`${path}.targetRevision`],
      }
    : undefined;
}

function ofHelmRelease(value: unknown): Found {
  const image = readHelmValues(at(value, 'spec', 'values')).find(
    candidate => candidate.version,
  );
  if (image) {
    return {
      version: image.version,
      repository: image.repository,
      fields: image.versionFields.map(field => `spec.values.${field}`),
    };
  }
  const chart = textAt(value, 'spec', 'chart', 'spec', 'version');
  return {
    version:
      chart && !moving.test(chart) ? { name: chart, isChart: true } : undefined,
    fields: chart ? ['spec.chart.spec.version'] : [],
  };
}

function placeOf(options: {
  document: Document;
  name: string;
  labels: Record<string, string>;
}): { environment?: string; target?: string } {
  const { document, name, labels } = options;
  const destination = textAt(document.value, 'spec', 'destination', 'name');
  const ofCluster = splitEnvironment(destination ?? '');
  const { environment } = placeOfApplication({
    name,
    label:
      labels.environment ??
      labels.env ??
      labels['app.kubernetes.io/environment'],
    cluster: destination,
    namespace: textAt(document.value, 'spec', 'destination', 'namespace'),
  });
  if (
    !destination ||
    destination === 'in-cluster' ||
    isEnvironmentWord(destination)
  ) {
    return { environment };
  }
  const isOfEnvironment = isEnvironmentWord(ofCluster.environment ?? '');
  return {
    environment,
    target: (isOfEnvironment && ofCluster.target) || destination,
  };
}
