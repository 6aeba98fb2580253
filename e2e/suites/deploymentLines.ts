import type {
  CarriedCommit,
  Deployment,
} from '@day2/backstage-plugin-day2-common';
import type { DeploymentTruth } from '@day2/sandbox';

/** All that is held against the truth of a deployment, as a line. */
interface DeploymentFacts {
  firstFinishedAt: string;
  finishedAt: string;
  version: string;
  previousVersion?: string;
  rollout: string;
  rollback: boolean;
  failed: boolean;
  unplanned: boolean;
  application?: { repository: string; sha: string };
  targets: { name?: string; finishedAt: string }[];
  carried: string[];
}

/** A deployment as the sandbox knows it. */
export function truthLine(deployment: DeploymentTruth): string {
  return line({
    ...deployment,
    // Git says that it was asked for; how the roll-out went no one says.
    rollout: deployment.basis === 'git' ? 'unknown' : deployment.rollout,
    carried: deployment.carried.map(({ sha }) => sha),
  });
}

/** A deployment as the portal shows it. */
export function shownLine(
  deployment: Deployment,
  commits: CarriedCommit[],
): string {
  return line({
    ...deployment,
    rollback: deployment.rollback !== undefined,
    failed: deployment.outcome === 'failed',
    application: deployment.applicationRevision,
    carried: commits.map(({ sha }) => sha),
  });
}

function line(facts: DeploymentFacts): string {
  const { application } = facts;
  return [
    `${instant(facts.firstFinishedAt)}..${instant(facts.finishedAt)}`,
    `${facts.previousVersion ?? '(first)'} -> ${facts.version}`,
    facts.rollout,
    ...(facts.rollback ? ['rollback'] : []),
    ...(facts.failed ? ['failed'] : []),
    ...(facts.unplanned ? ['unplanned'] : []),
    `of ${application?.repository ?? 'nothing'}@${application?.sha.slice(
      0,
      10,
    )}`,
    // Where the files name no target, there is none to show.
    `on ${facts.targets
      .filter(({ name }) => name !== undefined)
      .map(({ name, finishedAt }) => `${name}@${instant(finishedAt)}`)
      .sort()
      .join(' ')}`,
    `with ${facts.carried
      .map(sha => sha.slice(0, 8))
      .sort()
      .join(' ')}`,
  ].join(', ');
}

function instant(at: string): string {
  return at.replace(/\.000Z$/, 'Z');
}
