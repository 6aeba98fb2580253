import type { ModelRepository } from '../git/ModelRepository';
import { writerFor } from '../delivery/writerFor';
import { deploymentTruth, type DeploymentTruth } from './deploymentTruth';
import { outageTruth, type OutageTruth } from './outages/outageTruth';
import type { ConfigurationField, Story } from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import {
  driftTruth,
  type DriftTruth,
  type SyncStateTruth,
  syncStateTruth,
} from './sync/syncStateTruth';
import { syncTruth, type SyncTruth } from './sync/syncTruth';
import type { World } from './World';

/** A commit as `git log` of the same repository tells it. @public */
export interface CommitTruth {
  sha: string;
  parents: string[];
  onMain: boolean;
  author: { name: string; email: string };
  committer: { name: string; email: string };
  authoredAt: string;
  committedAt: string;
  title: string;
  message: string;
  files: string[];
}

/** @public */
export interface RepositoryTruth {
  name: string;
  role: 'application' | 'gitops';
  branch: string;
  head: string;
  commits: CommitTruth[];
  tags: Array<{ name: string; sha: string; annotated: boolean }>;
}

/** @public */
export interface ConfigurationChangeTruth {
  service: string;
  environment: EnvironmentName;
  targets: string[];
  at: string;
  repository: string;
  sha: string;
  author: { name: string; email: string };
  title: string;
  fields: ConfigurationField[];
}

/** @public */
export type StoryTruth = Omit<Story, 'from' | 'to'> & {
  from: string;
  to?: string;
};

/** @public */
export interface ServiceTruth extends ServiceSpec {
  ref: string;
  /** Where its desired state is written; absent where Git holds none. */
  gitopsRepository?: string;
}

/** Everything true of a world at its end. Instants are ISO 8601 in UTC. @public */
export interface Truth {
  seed: number;
  start: string;
  end: string;
  services: ServiceTruth[];
  /** In order of when they first went live. */
  deployments: DeploymentTruth[];
  configurationChanges: ConfigurationChangeTruth[];
  repositories: RepositoryTruth[];
  stories: StoryTruth[];
  /** Every application of the Argo CDs, as it is at the world's end. */
  syncStates: SyncStateTruth[];
  /** Every full sync, oldest first in each application. */
  syncs: SyncTruth[];
  /** What was changed by hand beside Git, oldest first. */
  driftEpisodes: DriftTruth[];
  /** What made requests fail, oldest first, as far as it has come. */
  outages: OutageTruth[];
}

/**
 * What is true of the world, for tests and for people who wonder. With
 * `service` only what is about that one.
 *
 * @public
 */
export function truthOf(world: World, filter?: { service?: string }): Truth {
  const { state } = world;
  const wanted = (name?: string) =>
    filter?.service === undefined || filter.service === name;
  const services = servicesOf(world).filter(s => wanted(s.name));
  const repositories = new Set(
    services.flatMap(s => [s.repository, s.gitopsRepository]),
  );
  return {
    seed: state.seed,
    start: iso(state.start),
    end: iso(world.end),
    services,
    deployments: services
      .flatMap(s => deploymentTruth(state, s))
      .sort((a, b) => a.firstFinishedAt.localeCompare(b.firstFinishedAt)),
    configurationChanges: state.configurationChanges
      .filter(change => wanted(change.service))
      .map(change => ({ ...change, at: iso(change.at) })),
    repositories: [...state.repositories.values()]
      .filter(r => repositories.has(r.name))
      .map(repositoryTruth),
    stories: state.stories
      .filter(story => !filter?.service || wanted(story.service))
      .map(({ from, to, ...story }) => ({
        ...story,
        from: iso(from),
        ...(to !== undefined && { to: iso(to) }),
      })),
    syncStates: syncStateTruth(state, world.end).filter(each =>
      wanted(each.service),
    ),
    syncs: syncTruth(state).filter(each => wanted(each.service)),
    driftEpisodes: driftTruth(state).filter(each => wanted(each.service)),
    outages: world.outages
      .filter(each => wanted(each.service))
      .map(outageTruth),
  };
}

/** The services of a world, as the truth lists them. @public */
export function servicesOf(world: World): ServiceTruth[] {
  return world.state.specs().map(spec => ({
    ...spec,
    ref: `component:default/${spec.name}`,
    gitopsRepository: writerFor(spec)?.repository,
  }));
}

function repositoryTruth(repository: ModelRepository): RepositoryTruth {
  return {
    name: repository.name,
    role: repository.role,
    branch: 'main',
    head: repository.head?.sha ?? '',
    commits: repository.commits.map(commit => ({
      sha: commit.sha,
      parents: commit.parents,
      onMain: commit.onMain,
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
      authoredAt: iso(commit.author.at),
      committedAt: iso(commit.committer.at),
      title: commit.message.split('\n')[0],
      message: commit.message,
      files: [...commit.changes.keys()].sort(),
    })),
    tags: repository.tags.map(tag => ({
      name: tag.name,
      sha: tag.sha,
      annotated: tag.tagger !== undefined,
    })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
