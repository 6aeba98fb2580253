import type { Truth } from '@day2/sandbox';
import { fixedWorld } from '../support';

const DAY = 24 * 3_600_000;

/** What the page shows of a service and environment over some days to the end of the world. */
export interface TimelineTruth {
  from: string;
  to: string;
  /** Instants and versions of the deployments, newest first. */
  deployments: string[];
  failed: number;
  /** SHAs of the commits to application and GitOps repositories. */
  changes: string[];
  /** Instants of the changes that no deployment tells already, newest first. */
  otherChanges: string[];
}

/** Counts it from the truth. */
export function timelineTruth(options: {
  truth: Truth;
  service: string;
  environment: string;
  days: number;
}): TimelineTruth {
  const { truth, service, environment } = options;
  const to = fixedWorld.end;
  const from = new Date(Date.parse(to) - options.days * DAY).toISOString();
  const within = (at: string) => at >= from && at < to;
  const here = truth.deployments.filter(
    each => each.service === service && each.environment === environment,
  );
  const deployments = here
    .filter(({ finishedAt }) => within(finishedAt))
    .sort((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  const spec = truth.services.find(({ name }) => name === service)!;
  const commits = truth.repositories.flatMap(repository =>
    repository.commits.map(({ sha, committedAt, onMain }) => ({
      repository: repository.name,
      sha,
      at: committedAt,
      onMain,
    })),
  );
  const desired = new Set(
    here.flatMap(({ targets }) => targets.map(({ commit }) => commit?.sha)),
  );
  const configured = new Set(
    truth.configurationChanges
      .filter(
        each => each.service === service && each.environment === environment,
      )
      .map(({ sha }) => sha),
  );
  const changes = commits
    .filter(
      ({ repository, sha, at, onMain }) =>
        within(at) &&
        onMain &&
        (repository === spec.repository ||
          desired.has(sha) ||
          configured.has(sha)),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
  return {
    from,
    to,
    deployments: deployments.map(
      ({ finishedAt, version }) => `${finishedAt} ${version}`,
    ),
    failed: deployments.filter(({ failed }) => failed).length,
    changes: changes.map(({ sha }) => sha),
    otherChanges: changes
      .filter(({ sha }) => !desired.has(sha))
      .map(({ at }) => at),
  };
}
