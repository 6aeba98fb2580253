import type { ModelRepository } from '../git/ModelRepository';
import type { Landing } from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import { landingSyncs, type TargetSyncTruth } from './sync/landingSyncs';
import type { WorldState } from './WorldState';

/** A version of a service reaching an environment, once for all its targets. @public */
export interface DeploymentTruth {
  service: string;
  environment: EnvironmentName;
  version: string;
  /** The version that was live before; absent on the first. */
  previousVersion?: string;
  /** When the first target had it, and the last that has it so far. */
  firstFinishedAt: string;
  finishedAt: string;
  targets: Array<{
    /** Absent where the GitOps files name no target. */
    name?: string;
    startedAt?: string;
    finishedAt: string;
    /** GitOps commit that asked for it; absent where it was posted. */
    commit?: { repository: string; sha: string };
    /** What the target's Argo CD did about it; absent where none runs it. */
    sync?: TargetSyncTruth;
  }>;
  /** Targets of the environment it has not reached at the world's end. */
  pendingTargets: string[];
  /** Commit of the application. */
  application: { repository: string; sha: string };
  /**
   * Commits between the version before and this one, oldest first: of a
   * monorepo those that touch the service's folders.
   * Empty for the first deployment and for a rollback.
   */
  carried: Array<{ sha: string; isMerge: boolean }>;
  basis: 'git' | 'posted';
  rollout: 'succeeded' | 'failed' | 'cancelled';
  isFirst: boolean;
  /** Its version equals an earlier one that had been replaced. */
  rollback: boolean;
  /** It was replaced by a rollback. */
  failed: boolean;
  /** A hotfix or a rollback. */
  unplanned: boolean;
}

const environments = ['development', 'staging', 'production'] as const;

/** The deployments of one service, oldest first in each environment. */
export function deploymentTruth(
  state: WorldState,
  spec: ServiceSpec,
): DeploymentTruth[] {
  const repository = state.repository(spec.repository, 'application');
  return environments.flatMap(environment => {
    const landings = state.landings.filter(
      l => l.service === spec.name && l.environment === environment,
    );
    const groups = group(landings);
    const syncOf = landingSyncs(state, spec, landings);
    return sequence({ spec, repository, environment, groups, syncOf });
  });
}

/** Landings of one version on different targets are one deployment. */
function group(landings: Landing[]): Landing[][] {
  const groups: Landing[][] = [];
  for (const landing of landings) {
    const last = groups.at(-1);
    const isSame =
      last !== undefined &&
      last[0].build === landing.build &&
      last[0].rollout === landing.rollout &&
      last.every(other => other.target !== landing.target);
    if (isSame) {
      last.push(landing);
    } else {
      groups.push([landing]);
    }
  }
  return groups;
}

function sequence(options: {
  spec: ServiceSpec;
  repository: ModelRepository;
  environment: EnvironmentName;
  groups: Landing[][];
  syncOf: (landing: Landing) => TargetSyncTruth | undefined;
}): DeploymentTruth[] {
  const { spec, repository, environment, groups, syncOf } = options;
  const deployments: DeploymentTruth[] = [];
  const seen = new Set<string>();
  let live: DeploymentTruth | undefined;
  for (const landings of groups) {
    const [first] = landings;
    const { build, rollout } = first;
    const reached = landings.map(l => l.target);
    const isProduction = environment === 'production';
    const rollback = rollout === 'succeeded' && seen.has(build.version);
    const deployment: DeploymentTruth = {
      service: spec.name,
      environment,
      version: build.version,
      ...(live && { previousVersion: live.version }),
      firstFinishedAt: iso(Math.min(...landings.map(l => l.at))),
      finishedAt: iso(Math.max(...landings.map(l => l.at))),
      targets: landings.map(landing => ({
        name: landing.target,
        ...(landing.startedAt && { startedAt: iso(landing.startedAt) }),
        finishedAt: iso(landing.at),
        ...(landing.repository &&
          landing.sha && {
            commit: { repository: landing.repository, sha: landing.sha },
          }),
        ...withSync(syncOf(landing)),
      })),
      pendingTargets: isProduction
        ? spec.productionTargets.filter(t => !reached.includes(t))
        : [],
      application: { repository: spec.repository, sha: build.sha },
      carried: live ? carried(spec, repository, live, build.sha) : [],
      basis: first.repository ? 'git' : 'posted',
      rollout,
      isFirst: live === undefined,
      rollback,
      failed: false,
      unplanned: rollback || first.reason === 'hotfix',
    };
    if (rollback && live) {
      live.failed = true;
    }
    if (rollout === 'succeeded') {
      seen.add(build.version);
      live = deployment;
    }
    deployments.push(deployment);
  }
  return deployments;
}

function withSync(sync: TargetSyncTruth | undefined) {
  return sync && { sync };
}

function carried(
  spec: ServiceSpec,
  repository: ModelRepository,
  from: DeploymentTruth,
  to: string,
): DeploymentTruth['carried'] {
  const commits = repository
    .between(from.application.sha, to)
    .map(({ sha, parents, changes }) => ({
      sha,
      isMerge: parents.length > 1,
      folders: [...changes.keys()].map(path => path.split('/')[0]),
    }));
  const { folders } = spec;
  return commits
    .filter(commit => !folders || commit.folders.some(f => folders.includes(f)))
    .map(({ sha, isMerge }) => ({ sha, isMerge }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
