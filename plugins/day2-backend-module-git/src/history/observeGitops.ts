import type {
  ChangeObservation,
  DeploymentObservation,
  Observation,
  ObservedPerson,
  ObservedSubject,
} from '@day2/backstage-plugin-day2-node';
import type { UnitChange } from '../desired/compareUnits';
import type { Commit } from '../git/readCommits';
import type { RepositoryUrl } from '../git/repositoryUrl';
import { findRevision, type RevisionPattern } from '../versions/findRevision';
import type { WebLinks } from './commitUrl';
import { describeCommit } from './describeCommit';

const maxTouches = 2_000;

/** What a commit of a GitOps repository says: the versions it asked for and the configuration it changed. */
export function observeGitops(options: {
  commit: Commit;
  units: UnitChange[];
  position: number;
  others: ObservedPerson[];
  repository: string;
  slug?: string;
  url: RepositoryUrl;
  links: WebLinks;
  tags: RevisionPattern[];
  generation: number;
  rereading: boolean;
}): Observation[] {
  const { commit, units, repository } = options;
  const prefix = commit.sha;
  if (units.length === 0) {
    return options.rereading ? [withdrawn(prefix)] : [];
  }
  const facts = describeCommit({ commit, others: options.others });
  const marks =
    facts.message.marks.length > 0 ? { marks: facts.message.marks } : {};
  const url = options.links.commit(commit.sha);
  const subjectOf = (unit: UnitChange) => toSubject(unit, options);
  const deployments = units
    .filter(unit => unit.versionMoved)
    .map((unit): DeploymentObservation => {
      const version = unit.unit.primary.version!;
      return {
        kind: 'deployment',
        key: `${prefix}:deployment:${unit.subjectKey}`,
        version: options.generation,
        subject: subjectOf(unit),
        ...place(unit),
        versionName: version.name.slice(0, 300),
        ...(version.image ? { image: version.image } : {}),
        finishedAt: commit.committedAt,
        order: options.position,
        basis: 'desired',
        rollout: 'unknown',
        manifestRevision: { repository, sha: commit.sha },
        applicationRevision: version.isChart
          ? undefined
          : findRevision({ version, patterns: options.tags }),
        actor: facts.authors[0],
        title: facts.message.title,
        ...(url ? { url } : {}),
        ...marks,
      };
    });
  const change: ChangeObservation = {
    kind: 'change',
    key: `${prefix}:change`,
    version: options.generation,
    touches: units.slice(0, maxTouches).map(unit => ({
      subject: subjectOf(unit),
      ...place(unit),
      fields: unit.fields,
      versionMoved: unit.versionMoved,
    })),
    title: facts.message.title,
    ...(facts.text ? { message: facts.text } : {}),
    at: commit.committedAt,
    authors: facts.authors,
    repository,
    sha: commit.sha,
    ...(url ? { url } : {}),
    isMerge: commit.parents.length > 1,
    issueKeys: facts.message.issueKeys,
    ...(facts.message.pullRequest
      ? { pullRequest: facts.message.pullRequest }
      : {}),
    ...(facts.message.reverts ? { reverts: facts.message.reverts } : {}),
    ...marks,
    paths: facts.paths,
  };
  return [
    // Other applications and environments than these may have been read in it.
    ...(options.rereading ? [withdrawn(`${prefix}:deployment`)] : []),
    change,
    ...deployments,
  ];
}

function withdrawn(keyPrefix: string): Observation {
  return {
    kind: 'withdrawn',
    keyPrefix,
    reason: 'read anew: this is no longer found in the commit',
  };
}

function place(unit: UnitChange): { environment?: string; target?: string } {
  const { environment, target } = unit.unit;
  return {
    ...(environment ? { environment } : {}),
    ...(target ? { target } : {}),
  };
}

function toSubject(
  change: UnitChange,
  options: {
    repository: string;
    slug?: string;
    url: RepositoryUrl;
    links: WebLinks;
  },
): ObservedSubject {
  const { unit } = change;
  const { primary, members } = unit;
  const isResource = !['values', 'pattern'].includes(primary.kind);
  return {
    key: change.subjectKey,
    kind: 'application',
    traits: {
      repository: options.repository,
      repositoryUrls: repositoryUrls(options),
      path: unit.path,
      application: unit.application,
      ...(isResource
        ? {
            resource: {
              kind: primary.kind,
              name: primary.name,
              ...(primary.namespace ? { namespace: primary.namespace } : {}),
            },
          }
        : {}),
      labels: primary.labels,
      images: [
        ...new Set([primary, ...members].flatMap(item => item.images)),
      ].slice(0, 50),
    },
  };
}

/** All that is known of where a repository is, without credentials. */
export function repositoryUrls(options: {
  slug?: string;
  url: RepositoryUrl;
  links: WebLinks;
}): string[] {
  return [
    ...new Set(
      [options.url.shown, options.links.repository, options.slug].filter(
        item => item !== undefined,
      ),
    ),
  ];
}
