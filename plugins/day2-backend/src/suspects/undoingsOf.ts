import {
  deploymentLabel,
  type Undoing,
} from '@day2/backstage-plugin-day2-common';
import type { CarriedCommit } from './carriedCommits';
import type { SuspectChange } from './changesAround';
import type { SuspectDeployment } from './deploymentsAround';

/** As many as a line of versions is followed back by one rollback. */
const MAX_STEPS = 300;
const MIN_SHA = 7;

/**
 * What took deployments and changes back after an incident had started, by the
 * id of what was taken back: rollbacks and reverts.
 *
 * @remarks A rollback past several versions undoes the one that ran when the
 * incident started. A revert counts from its landing on; it was put live by the
 * deployment that brought it, where there is one.
 *
 * @param options - `nameOf`: the deployment that another is counted with
 */
export function undoingsOf(options: {
  /** Epoch milliseconds. */
  startedAt: number;
  deployments: readonly SuspectDeployment[];
  changes: readonly SuspectChange[];
  /** By deployment. */
  commits: ReadonlyMap<string, readonly CarriedCommit[]>;
  nameOf: (id: string) => string;
}): Map<string, Undoing[]> {
  const { startedAt, deployments, nameOf } = options;
  const byId = new Map(deployments.map(each => [each.id, each]));
  const found = new Map<string, Undoing[]>();
  const add = (id: string, undoing: Undoing) =>
    found.set(id, [...(found.get(id) ?? []), undoing]);
  for (const by of deployments) {
    if (by.restoresId === undefined || !by.live || by.finishedAt < startedAt) {
      continue;
    }
    const undone = ranThen(by, byId, startedAt);
    if (undone) {
      add(nameOf(undone.id), {
        how: 'rollback',
        id: nameOf(by.id),
        label: deploymentLabel({
          service: by.serviceTitle,
          versions: [by.version],
        }),
        at: by.finishedAt,
      });
    }
  }
  for (const change of options.changes) {
    if (isRevert(change) && change.at >= startedAt) {
      const carrier = deployments.find(
        each =>
          each.startedAt > startedAt &&
          brought(each, change.sha, change, options),
      );
      for (const id of revertedBy(change, options)) {
        add(id, {
          how: 'revert',
          id: carrier ? nameOf(carrier.id) : change.id,
          label: change.title,
          at: change.at,
        });
      }
    }
  }
  return found;
}

/** Of a shorter sha it would be a guess what it reverts. */
function isRevert({ reverts }: SuspectChange): boolean {
  return reverts !== undefined && reverts.length >= MIN_SHA;
}

/** Of the versions that a rollback went past, the last that came before the start. */
function ranThen(
  by: SuspectDeployment,
  byId: ReadonlyMap<string, SuspectDeployment>,
  startedAt: number,
): SuspectDeployment | undefined {
  let id = by.previousId;
  for (let step = 0; step < MAX_STEPS && id !== by.restoresId; step += 1) {
    const passed: SuspectDeployment | undefined = byId.get(id ?? '');
    if (!passed || passed.startedAt <= startedAt) {
      return passed;
    }
    id = passed.previousId;
  }
  return undefined;
}

function revertedBy(
  change: SuspectChange,
  options: {
    startedAt: number;
    deployments: readonly SuspectDeployment[];
    changes: readonly SuspectChange[];
    commits: ReadonlyMap<string, readonly CarriedCommit[]>;
    nameOf: (id: string) => string;
  },
): Set<string> {
  const sha = change.reverts ?? '';
  const deployments = options.deployments.filter(
    each =>
      each.startedAt <= options.startedAt &&
      brought(each, sha, change, options),
  );
  const changes = options.changes.filter(
    each =>
      each.at <= options.startedAt &&
      each.repository === change.repository &&
      each.sha?.startsWith(sha),
  );
  return new Set([
    ...deployments.map(({ id }) => options.nameOf(id)),
    ...changes.map(({ id }) => id),
  ]);
}

/** Whether a deployment brought a commit of the application, or is what one asked for. */
function brought(
  deployment: SuspectDeployment,
  sha: string | undefined,
  { repository }: SuspectChange,
  options: { commits: ReadonlyMap<string, readonly CarriedCommit[]> },
): boolean {
  return (
    sha !== undefined &&
    ((deployment.manifestRepository === repository &&
      deployment.manifestSha?.startsWith(sha) === true) ||
      (options.commits.get(deployment.id) ?? []).some(
        each => each.repository === repository && each.sha.startsWith(sha),
      ))
  );
}
