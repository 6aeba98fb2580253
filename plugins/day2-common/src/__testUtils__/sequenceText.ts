import type { Rollout } from '../deployments/deployment';
import { deriveSequence } from '../deployments/deriveSequence';
import type { SequenceObservation } from '../deployments/sequenceObservation';

/** In milliseconds. */
export const HOUR = 3600_000;

const rollouts: Record<string, Rollout> = {
  '': 'succeeded',
  '!': 'failed',
  x: 'cancelled',
  '?': 'unknown',
};

/** `V1 eu 10` reads: version 1 on target eu at hour 10; `!` failed, `?` unknown, `x` cancelled, `~` desired. */
export function read(text: string): SequenceObservation[] {
  return text
    .trim()
    .split('\n')
    .map((line, i): SequenceObservation => {
      const [version, target, hour, word = ''] = line.trim().split(/\s+/);
      return {
        source: word.includes('~') ? 'git' : 'argocd',
        key: `k${String(i).padStart(2, '0')}`,
        versionName: version,
        target: target === '-' ? undefined : target,
        finishedAt: Number(hour) * HOUR,
        basis: word.includes('~') ? 'desired' : 'synced',
        rollout: rollouts[word.replace('~', '')],
      };
    });
}

/** One line a deployment: version, outcome, finish, previous, what it restores. */
export function tell(observations: SequenceObservation[]): string[] {
  const deployments = deriveSequence({ observations });
  return deployments.map(each =>
    [
      each.version,
      each.outcome,
      each.firstFinishedAt === each.finishedAt
        ? each.finishedAt / HOUR
        : `${each.firstFinishedAt / HOUR}..${each.finishedAt / HOUR}`,
      ...(each.targets.length > 0
        ? [each.targets.map(({ name }) => name).join('+')]
        : []),
      ...(each.previous === undefined
        ? []
        : [`after ${deployments[each.previous].version}`]),
      ...(each.rollback
        ? [
            `restores ${each.rollback.restores} replaces ${each.rollback.replaces}`,
          ]
        : []),
      ...each.outcomeReasons.map(({ code }) => code),
    ].join(' '),
  );
}
