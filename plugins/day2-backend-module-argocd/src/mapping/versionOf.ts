import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Source } from '../schema';
import { cleanRepository } from './cleanRepository';
import { parseImage, type ImageRef } from './parseImage';
import { isGitSha, type SourceAtRevision } from './sources';

/** As many as an observation has room for. */
const maxOthers = 20;

const imageParameter = /^(?<prefix>(?:.*\.)?)image\.(?:tag|digest)$/;

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
 *
 * @param running - repositories of the images that run: of several that are
 * asked for, the only one among them is the application's own
 */
export function versionOf(
  sources: SourceAtRevision[],
  running: readonly string[] = [],
): SyncedVersion {
  const git = sources.filter(
    ({ source, revision }) => !source.chart && isGitSha(revision),
  );
  const main = git.find(({ source }) => source.path) ?? git[0];
  const others = otherRevisions(git, main);
  const image = imageOf(
    sources.map(({ source }) => source),
    running,
  );
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

/** The service's own where one is; of several none is known to be. */
function imageOf(
  sources: Source[],
  running: readonly string[],
): ImageRef | undefined {
  const found = sources.map(imagesOf);
  const own = found.find(each => each.own)?.own;
  if (own) {
    return own;
  }
  const parts = found.flatMap(each => each.parts);
  const runs = ({ repository }: ImageRef) =>
    repository !== undefined &&
    running.some(
      each => each === repository || each.endsWith(`/${repository}`),
    );
  const fitting = parts.length > 1 ? parts.filter(runs) : parts;
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What a source asks for: under a bare `image`, and of its parts, as subcharts are. */
function imagesOf(source: Source): { own?: ImageRef; parts: ImageRef[] } {
  const parameters = imagesOfParameters(source);
  const kustomize = imageOfKustomize(source);
  const own = parameters.get('') ?? imageOfValues(source.helm?.valuesObject);
  parameters.delete('');
  return {
    own,
    parts: [...parameters.values(), ...(kustomize ? [kustomize] : [])],
  };
}

/** By what stands before `image.`. */
function imagesOfParameters({ helm }: Source): Map<string, ImageRef> {
  const parameters = new Map(
    (helm?.parameters ?? []).map(({ name, value }) => [name, value]),
  );
  const found = new Map<string, ImageRef>();
  for (const [name, value] of parameters) {
    const prefix = imageParameter.exec(name)?.groups?.prefix;
    if (prefix !== undefined && value) {
      found.set(
        prefix,
        compact({
          repository: parameters.get(`${prefix}image.repository`),
          tag: parameters.get(`${prefix}image.tag`),
          digest: parameters.get(`${prefix}image.digest`),
        }),
      );
    }
  }
  return found;
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
