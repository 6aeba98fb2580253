import type { Truth } from '@day2/sandbox';
import type { TrueDeployment } from './truth';

/**
 * The deployments of a service to production where Git is all that tells of
 * them, or the service posts them itself: what was asked for is what there was.
 */
export function deploymentsByGit(
  truth: Truth,
  service: string,
): TrueDeployment[] {
  return truth.deployments
    .filter(
      each => each.service === service && each.environment === 'production',
    )
    .map(each => ({
      service,
      version: each.version,
      sha: each.application.sha,
      firstFinishedAt: Date.parse(each.firstFinishedAt),
      finishedAt: Date.parse(each.finishedAt),
      targets: each.targets.map(({ name, finishedAt }) => ({
        name: name ?? '',
        finishedAt: Date.parse(finishedAt),
      })),
      rollout: each.basis === 'git' ? 'unknown' : each.rollout,
      live: each.rollout === 'succeeded',
      marked: each.unplanned && !each.rollback,
    }));
}
