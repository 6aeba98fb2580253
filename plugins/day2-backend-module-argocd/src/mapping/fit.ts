import type {
  ApplicationObservation,
  DeploymentObservation,
  ObservedPerson,
  ObservedSubject,
} from '@day2/backstage-plugin-day2-node';
import { plainText } from '@day2/backstage-plugin-day2-common';

const maxPaths = 200;

/**
 * The same as the hub can take it in: words cut, without control characters
 * and those that turn the direction of a text; lists cut. One odd field must
 * not hide the state of an application.
 */
export function fitApplication(
  said: ApplicationObservation,
): ApplicationObservation {
  const { operation } = said;
  return compact({
    ...said,
    subject: fitSubject(said.subject),
    name: word(said.name, 500) ?? 'unnamed',
    project: word(said.project, 300),
    environment: word(said.environment, 100),
    target: word(said.target, 200),
    origins: said.origins.slice(0, 100).map(origin =>
      compact({
        ...origin,
        repository: word(origin.repository, 1000) ?? '',
        path: word(origin.path, 1000),
        chart: word(origin.chart, 500),
        targetRevision: word(origin.targetRevision, 500),
        paths: fitPaths(origin.paths),
        desiredRevision: word(origin.desiredRevision, 300),
        syncedRevision: word(origin.syncedRevision, 300),
      }),
    ),
    operation: operation && {
      ...operation,
      actor: fitPerson(operation.actor),
      revisions: words(operation.revisions, 300).slice(0, 100),
    },
    conditions: said.conditions.slice(0, 200).map(condition => ({
      ...condition,
      type: word(condition.type, 200) ?? 'unnamed',
    })),
    resources: said.resources.map(resource => ({
      ...resource,
      group: word(resource.group, 300),
      kind: word(resource.kind, 200) ?? 'unnamed',
      namespace: word(resource.namespace, 300),
      name: word(resource.name, 300) ?? 'unnamed',
    })),
    images: words(said.images, 1000),
  });
}

/** As `fitApplication`. */
export function fitDeployment(
  said: DeploymentObservation,
): DeploymentObservation {
  return compact({
    ...said,
    subject: fitSubject(said.subject),
    environment: word(said.environment ?? undefined, 100),
    target: word(said.target ?? undefined, 200),
    versionName: word(said.versionName ?? undefined, 300),
    image: said.image && fitImage(said.image),
    images: said.images?.slice(0, 100).map(fitImage),
    manifestRevision:
      said.manifestRevision && fitRevision(said.manifestRevision),
    otherRevisions: said.otherRevisions?.map(fitRevision),
    actor: fitPerson(said.actor ?? undefined),
  });
}

function fitSubject(subject: ObservedSubject): ObservedSubject {
  const { traits } = subject;
  const { resource } = traits;
  return {
    ...subject,
    traits: compact({
      ...traits,
      repositoryUrls:
        traits.repositoryUrls && words(traits.repositoryUrls, 1000),
      path: word(traits.path, 1000),
      application: word(traits.application, 500),
      resource: resource && {
        ...resource,
        name: word(resource.name, 300) ?? 'unnamed',
        ...(resource.namespace
          ? { namespace: word(resource.namespace, 300) }
          : {}),
      },
      project: word(traits.project, 300),
      labels:
        traits.labels &&
        Object.fromEntries(
          Object.entries(traits.labels).map(([key, value]) => [
            key,
            value.slice(0, 300),
          ]),
        ),
      images: traits.images && words(traits.images, 500),
    }),
  };
}

/** Of more than there is room for the whole repository counts. */
function fitPaths(paths: string[] | undefined): string[] | undefined {
  return paths && paths.length > maxPaths ? ['.'] : paths && words(paths, 1000);
}

function fitPerson(
  person: ObservedPerson | undefined,
): ObservedPerson | undefined {
  const key = word(person?.key, 320);
  return person && key
    ? compact({ ...person, key, name: word(person.name, 1000) })
    : undefined;
}

function fitImage(image: {
  repository?: string;
  tag?: string;
  digest?: string;
}) {
  return compact({
    repository: word(image.repository, 500),
    tag: word(image.tag, 300),
    digest: word(image.digest, 200),
  });
}

function fitRevision(revision: { repository: string; sha: string }) {
  return {
    ...revision,
    repository: word(revision.repository, 255) ?? 'unnamed',
  };
}

function words(texts: string[], length: number): string[] {
  return texts.flatMap(text => word(text, length) ?? []);
}

/** Undefined where nothing is left. */
function word(text: string | undefined, length: number): string | undefined {
  return text === undefined
    ? undefined
    : plainText(text)
        .replace(/\p{Cc}/gu, '')
        .slice(0, length)
        .trim() || undefined;
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as T;
}
