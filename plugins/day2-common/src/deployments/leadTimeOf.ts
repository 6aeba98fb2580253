import { countsAsDeployment } from './countsAsDeployment';
import type { FinishBasis, Reason, Rollout } from './deployment';

/**
 * Whether a deployment is the first that brought a commit to its environment:
 * `first`; `again` where an earlier one had, as after a rollback; `unknown`
 * where what was there before is not known.
 *
 * @public
 */
export type CommitReach =
  | { kind: 'first' }
  | { kind: 'again'; version?: string }
  | { kind: 'unknown'; reason?: string };

/**
 * How long a commit was on its way. Whole seconds; all absent where it is not
 * measured, which `reason` tells of.
 *
 * @public
 */
export interface LeadTime {
  /** Finish of the deployment minus committer time. */
  seconds?: number;
  /** Committer time to the start of the roll-out; absent where no start is known. */
  waitingSeconds?: number;
  /** Start of the roll-out to its finish: with `waitingSeconds` it is `seconds`. */
  deployingSeconds?: number;
  /** Why it is measured, or why not. */
  reason: Reason;
}

/**
 * The lead time of one commit with one deployment that brought it: finish −
 * committer time, for a commit that is no merge, with the first deployment of D
 * by which it reached the environment (metrics.md, "Change lead time"). A
 * negative one is left out. Of several targets the last one's finish counts.
 *
 * @param options - instants in epoch milliseconds
 *
 * @public
 */
export function leadTimeOf(options: {
  committedAt: number;
  isMerge: boolean;
  reach: CommitReach;
  deployment: {
    basis: FinishBasis;
    rollout: Rollout;
    startedAt?: number;
    finishedAt: number;
  };
}): LeadTime {
  const { committedAt, isMerge, reach, deployment } = options;
  const not = (code: string, text: string) => ({ reason: { code, text } });
  if (isMerge) {
    return not('merge', 'A merge brings no work of its own');
  }
  const counted = countsAsDeployment(deployment);
  if (!counted.counts) {
    return not(
      counted.reason.code,
      `${counted.reason.text}: it counts with the first that succeeds`,
    );
  }
  if (reach.kind === 'again') {
    return not(
      'reached-before',
      reach.version === undefined
        ? 'It was there before, with a deployment whose commits are not known'
        : `It was there before, with ${reach.version}, and counts with that`,
    );
  }
  if (reach.kind === 'unknown') {
    return not(
      'reach-unknown',
      reach.reason ?? 'What was there before is not known',
    );
  }
  const { startedAt, finishedAt } = deployment;
  if (finishedAt < committedAt) {
    return not(
      'negative',
      'Its committer’s clock is ahead: it was deployed before it was made',
    );
  }
  const seconds = Math.round((finishedAt - committedAt) / 1000);
  const lead = { seconds, reason: counted.reason };
  if (
    startedAt === undefined ||
    startedAt < committedAt ||
    startedAt > finishedAt
  ) {
    return lead;
  }
  const waitingSeconds = Math.min(
    seconds,
    Math.round((startedAt - committedAt) / 1000),
  );
  return {
    ...lead,
    waitingSeconds,
    deployingSeconds: seconds - waitingSeconds,
  };
}
