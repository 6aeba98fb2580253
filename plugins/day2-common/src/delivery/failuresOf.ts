import { countsAsDeployment } from '../deployments/countsAsDeployment';
import type { Reason } from '../deployments/deployment';
import type { DeliveryInput } from './delivery';
import { cutReasons, MAX_SIGNS } from './cutReasons';
import { tiesOf } from './ties';

/** What the other deployments of a sequence say of one. */
export interface FailureSigns {
  /** Why it failed, beyond its own outcome. */
  reasons: Reason[];
  /** Positions of those marked as its fix, in order. */
  fixes: number[];
  /** Position of the first rollback across it whose roll-out succeeded. */
  rollback?: number;
  /** Position of the next one of its line that counts. */
  next?: number;
  /** Why it is a fix itself, beyond its own marks. */
  mends: Reason[];
}

/**
 * For each deployment what the others say of it: a rollback across it, a revert
 * of a commit it brought, and a fix that names it or replaced it within the
 * look-back.
 */
export function failuresOf(options: {
  sequence: readonly DeliveryInput[];
  lookBackMs: number;
}): FailureSigns[] {
  const { sequence, lookBackMs } = options;
  const hours = Math.round(lookBackMs / 3600_000);
  const ties = tiesOf(options);
  const signs = sequence.map(
    (): FailureSigns => ({ reasons: [], fixes: [], mends: [] }),
  );
  sequence.forEach((by, at) => {
    if (!countsAsDeployment(by).counts) {
      return;
    }
    for (const place of ties.rolledBackBy(at)) {
      signs[place].rollback ??= at;
    }
    for (const place of ties.passedBy(at)) {
      signs[place].next ??= at;
    }
    const reverted = ties.revertedBy(at);
    for (const place of reverted) {
      signs[place].fixes.push(at);
      signs[place].reasons.push({
        code: 'reverted',
        text: `${by.version} reverts a commit that it brought`,
      });
    }
    if (reverted.length > 0) {
      const versions = reverted.map(place => sequence[place].version);
      signs[at].mends.push({
        code: 'reverts-commit',
        text: `It reverts a commit that ${namesOf(versions)} brought`,
      });
    }
    for (const place of ties.fixedBy(at)) {
      if (signs[place].fixes.at(-1) !== at) {
        signs[place].fixes.push(at);
      }
      signs[place].reasons.push(
        by.mends
          ? {
              code: 'named-by-fix',
              text: `Who posted ${by.version} says that it mends this one`,
            }
          : {
              code: 'fixed-within-look-back',
              text: `${by.version}, which is marked as a fix, replaced it within ${hours} h`,
            },
      );
    }
  });
  return signs.map(each => ({
    ...each,
    reasons: cutReasons(each.reasons, 'deployments'),
  }));
}

function namesOf(versions: string[]): string {
  const more = versions.length - MAX_SIGNS;
  const named = versions.slice(0, MAX_SIGNS).join(', ');
  return more <= 0 ? named : `${named} and ${more} more`;
}
