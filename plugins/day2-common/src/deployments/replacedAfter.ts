import { isLive } from './countsAsDeployment';
import type { SequenceDeployment, SequenceTarget } from './sequenceObservation';

type Reached = Pick<
  SequenceDeployment,
  'finishedAt' | 'firstFinishedAt' | 'targets'
>;

/**
 * How long a deployment was there until the one after it replaced it, in
 * milliseconds and never below 0: on the target of both where that was shortest.
 * Where they share none, from the last target that it had reached by then, to
 * the first of the other.
 *
 * @remarks What it reached after the other was out says nothing of what the
 * other replaced, and neither does a target that came late (ADR 9).
 */
export function replacedAfter(replaced: Reached, by: Reached): number {
  let shared: number | undefined;
  // A rollback past many asks it of each of them.
  let last = -Infinity;
  const reach = (at: number) => {
    last = at <= by.firstFinishedAt ? Math.max(last, at) : last;
  };
  reach(replaced.firstFinishedAt);
  reach(replaced.finishedAt);
  for (const target of replaced.targets) {
    if (!isOnTime(target)) {
      continue;
    }
    reach(target.finishedAt);
    const other = by.targets.find(({ name }) => name === target.name);
    if (other && isOnTime(other)) {
      const time = Math.max(0, other.finishedAt - target.finishedAt);
      shared = Math.min(shared ?? time, time);
    }
  }
  return shared ?? (last === -Infinity ? 0 : by.firstFinishedAt - last);
}

function isOnTime({ rollout, late }: SequenceTarget): boolean {
  return !late && isLive(rollout);
}
