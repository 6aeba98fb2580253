import { isLive } from './countsAsDeployment';
import { isCovered } from './groupLine';
import type { ObservationGroup } from './groupObservations';

/** What runs on a target now, as far as sources said. */
export interface RunningGroup {
  group: ObservationGroup;
  /** '' where the source names none. */
  target: string;
  /** Epoch milliseconds at which it reached that target. */
  since: number;
}

/**
 * Of each target of a line the last deployment that reached it, however long
 * ago.
 *
 * @remarks Git and a runtime source may name targets where the other names
 * none. What Git alone said of the other kind is then out of date.
 */
export function runningOf(line: ObservationGroup[]): RunningGroup[] {
  const last = new Map<string, RunningGroup>();
  for (const group of line) {
    for (const [target, { rollout, finishedAt }] of group.targets) {
      if (isLive(rollout)) {
        last.set(target, { group, target, since: finishedAt });
      }
    }
  }
  const running = [...last.values()];
  const covered = running.filter(({ group }) => isCovered(group));
  const named = covered.some(({ target }) => target !== '');
  return covered.length === 0
    ? running
    : running.filter(
        ({ group, target }) => isCovered(group) || (target !== '') === named,
      );
}
