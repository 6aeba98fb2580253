import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Source } from '../schema';
import { cleanRepository } from './cleanRepository';
import { parseImage, type ImageRef } from './parseImage';
import { isGitSha, type SourceAtRevision } from './sources';

/** As many as an observation has room for. */
const maxOthers = 20;

/** What a sync says of what it put live. */
export type SyncedVersion = Pick<
  DeploymentObservation,
  'versionName' | 'image' | 'manifestRevision' | 'otherRevisions'
>;

/**
 * The version of a sync: the image that the application itself asks for (Helm
 * parameters or values, one Kustomize image), else the chart's version, where
 * no Git repository is among its sources; and the Git revision that its
 * manifests or values are of: the first with a path, and those of the others.
 */
export function versionOf(sources: SourceAtRevision[]): SyncedVersion {
  const git = sources.filter(
    ({ source, revision }) => !source.chart && isGitSha(revision),
  );
  const main = git.find(({ source }) => source.path) ?? git[0];
  const others = otherRevisions(git, main);
  const image = sources
    .map(({ source }) => imageOf(source))
    .find(found => found !== undefined);
  const versionName =
    image?.tag ?? image?.digest ?? (main ? undefined : packageVersion(sources));
  return {
    ...(versionName ? { versionName } : {}),
    ...(image ? { image } : {}),
    ...(main ? { manifestRevision: revisionOf(main) } : {}),
    ...(others.length > 0 ? { otherRevisions: others } : {}),
  };
}

type Revision = NonNullable<SyncedVersion['manifestRevision']>;

function revisionOf({ source, revision }: SourceAtRevision): Revision {
  return {
    repository: cleanRepository(source.repoURL),
    sha: revision as string,
  };
}

/** Each once: values may be of another repository than manifests, or of the same. */
function otherRevisions(
  git: SourceAtRevision[],
  main: SourceAtRevision | undefined,
): Revision[] {
  const idOf = ({ repository, sha }: Revision) => `${repository} ${sha}`;
  const found = new Map(git.map(revisionOf).map(each => [idOf(each), each]));
  if (main) {
    found.delete(idOf(revisionOf(main)));
  }
  return [...found.values()].slice(0, maxOthers);
}

/** The version of a chart, or of an OCI artefact: its tag, else its digest. */
function packageVersion(sources: SourceAtRevision[]): string | undefined {
  for (const { source, revision } of sources) {
    const { chart, targetRevision } = source;
    if (chart && revision) {
      return revision;
    }
    if (source.repoURL.startsWith('oci://') && (revision || targetRevision)) {
      const isFixed =
        targetRevision && !/[\^~*<>|\s]|^latest$/.test(targetRevision);
      return isFixed ? targetRevision : revision;
    }
  }
  return undefined;
}

function imageOf(source: Source): ImageRef | undefined {
  return (
    imageOfParameters(source) ??
    imageOfValues(source.helm?.valuesObject) ??
    imageOfKustomize(source)
  );
}

function imageOfParameters({ helm }: Source): ImageRef | undefined {
  const parameters = new Map(
    (helm?.parameters ?? []).map(({ name, value }) => [name, value]),
  );
  for (const [name, value] of parameters) {
    const prefix = /^(?<prefix>(?:.*\.)?image\.)(?:tag|digest)$/.exec(name)
      ?.groups?.prefix;
    if (prefix && value) {
      return compact({
        repository: parameters.get(`${prefix}repository`),
        tag: parameters.get(`${prefix}tag`),
        digest: parameters.get(`${prefix}digest`),
      });
    }
  }
  return undefined;
}

function imageOfValues(
  values: Record<string, unknown> | undefined,
): ImageRef | undefined {
  const image = values?.image as Record<string, unknown> | string | undefined;
  if (typeof image === 'string') {
    const ref = parseImage(image);
    return ref.tag || ref.digest ? ref : undefined;
  }
  const word = (key: string) =>
    image && typeof image === 'object' && typeof image[key] === 'string'
      ? (image[key] as string) || undefined
      : undefined;
  return word('tag') || word('digest')
    ? compact({
        repository: word('repository'),
        tag: word('tag'),
        digest: word('digest'),
      })
    : undefined;
}

/** `[name=]image[:tag]`; of several none is known to be the service's. */
function imageOfKustomize({ kustomize }: Source): ImageRef | undefined {
  const images = (kustomize?.images ?? [])
    .map(text => parseImage(text.slice(text.indexOf('=') + 1)))
    .filter(({ tag, digest }) => tag || digest);
  return images.length === 1 ? images[0] : undefined;
}

function compact(ref: ImageRef): ImageRef {
  return Object.fromEntries(
    Object.entries(ref).filter(([, value]) => value !== undefined),
  );
}
