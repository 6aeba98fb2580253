import { isLive } from './countsAsDeployment';
import type { FinishBasis, Rollout } from './deployment';
import type { PlacedObservation } from './placeObservations';
import { improvedKeyOf } from './rolloutsOf';
import { sameVersion } from './sameVersion';
import { observationId, type SequenceObservation } from './sequenceObservation';

/** Finish bases, best first. */
const BASES: readonly FinishBasis[] = [
  'healthy',
  'synced',
  'provider',
  'event',
  'desired',
];
// A better basis tells the finish of the same roll-out, not of a later one.
const SAME_ROLLOUT_MS = 24 * 3600_000;
// A deployment that goes out in rings takes days; one that reaches a new
// cluster afterwards is that cluster's beginning (ADR 9).
const LATE_MS = { known: 7 * 24 * 3600_000, new: 24 * 3600_000 };

/** One deployment in the making. */
export interface ObservationGroup {
  /** Those that made it, in order; the first is when it began. */
  makers: PlacedObservation[];
  /** Seen beside them: repeated, or the desired state it fulfilled. */
  others: PlacedObservation[];
  /** Desired, and passed over: it brought a later version. */
  passed: PlacedObservation[];
  /** By name; '' where the source names none. */
  targets: Map<string, ReachedTarget>;
  live: boolean;
  /** When it reached the last of its targets so far, those apart that came late. */
  reachedAt: number;
}

/** How and when a version reached a target. */
export interface ReachedTarget {
  finishedAt: number;
  rollout: Rollout;
  basis: FinishBasis;
  /** Whose word that is. */
  source: string;
  synced?: { at: number; source: string };
  /** It came long after the others: told, and part of nothing else. */
  late?: true;
}

/** How good a finish basis is: 0 is the best. */
export function rankOfBasis(basis: FinishBasis): number {
  return BASES.indexOf(basis);
}

/**
 * Groups sorted observations of one line of versions into deployments.
 *
 * @remarks An observation of version V on target t joins the most recent group
 * of V that does not contain t and began after t's own last group did; else it
 * begins a group. The version that a target has already is no deployment. What
 * failed or was cancelled never replaces what a target has. What Git asked for
 * and named no target was on each target that the runtime names later.
 *
 * A target that comes long after the others is late: it joins a group that went
 * live, and changes nothing else of it. Where it failed first, it is tried
 * again there.
 */
export function groupObservations(
  sorted: PlacedObservation[],
): ObservationGroup[] {
  const groups: ObservationGroup[] = [];
  const lastLive = new Map<string, number>();
  const lastTried = new Map<string, number>();
  let lastUnnamed = 0;
  for (const observation of sorted) {
    const target = observation.target ?? '';
    const live = isLive(observation.rollout);
    const current = lastLive.get(target);
    const repeated = [current, live ? undefined : lastTried.get(target)].find(
      at => at !== undefined && groupIsOf(groups[at], observation),
    );
    if (repeated !== undefined) {
      noteRepeated(groups[repeated], observation, target);
      continue;
    }
    let at = groups.length - 1;
    const isRuntime = observation.basis !== 'desired';
    const oldest = Math.max(current ?? -1, isRuntime ? lastUnnamed - 1 : -1);
    const limit = current === undefined ? LATE_MS.new : LATE_MS.known;
    const isLate = ({ reachedAt }: ObservationGroup) =>
      observation.placedAt - reachedAt > limit;
    while (
      at > oldest &&
      (isTaken(groups[at], target) ||
        (!groups[at].live && isLate(groups[at])) ||
        !groupIsOf(groups[at], observation))
    ) {
      at -= 1;
    }
    if (at <= oldest) {
      at =
        groups.push({
          makers: [],
          others: [],
          passed: [],
          targets: new Map(),
          live: false,
          reachedAt: observation.placedAt,
        }) - 1;
    }
    const group = groups[at];
    const late = isLate(group);
    retry(group, target);
    group.makers.push(observation);
    group.targets.set(target, {
      ...reachedBy(observation),
      ...(late ? { late } : {}),
    });
    group.live ||= live;
    if (!late) {
      group.reachedAt = observation.placedAt;
    }
    lastTried.set(target, at);
    if (live) {
      lastLive.set(target, at);
    }
    if (live && target === '' && !isRuntime) {
      lastUnnamed = at;
    }
  }
  return groups;
}

/** Whether the group is of the observation's version. */
export function groupIsOf(
  group: ObservationGroup,
  observation: SequenceObservation,
): boolean {
  return group.makers.some(maker => sameVersion(maker, observation));
}

/** Whether it speaks of a target that came late, and of no other. */
export function isLateIn(
  group: ObservationGroup,
  observation: PlacedObservation,
): boolean {
  const { target } = observation;
  return (
    group.targets.get(target ?? '')?.late === true &&
    // What names no target may have asked for it on all.
    (target !== undefined || group.makers.includes(observation))
  );
}

/** A target has its place in a group, unless it came late and failed. */
function isTaken(group: ObservationGroup, target: string): boolean {
  const reached = group.targets.get(target);
  return reached !== undefined && (!reached.late || isLive(reached.rollout));
}

/** What failed on a late target made nothing once it is tried again. */
function retry(group: ObservationGroup, target: string): void {
  if (group.targets.has(target)) {
    const isTried = (each: PlacedObservation) => (each.target ?? '') === target;
    group.others.push(...group.makers.filter(isTried));
    group.makers = group.makers.filter(each => !isTried(each));
  }
}

function noteRepeated(
  group: ObservationGroup,
  observation: PlacedObservation,
  target: string,
): void {
  group.others.push(observation);
  const known = group.targets.get(target);
  const first = group.makers.find(maker => (maker.target ?? '') === target);
  if (
    known &&
    first &&
    first.source !== observation.source &&
    isLive(observation.rollout) &&
    rankOfBasis(observation.basis) < rankOfBasis(known.basis) &&
    observation.finishedAt - first.finishedAt <= SAME_ROLLOUT_MS
  ) {
    improve(known, observation);
  }
}

/**
 * Takes the words that a roll-out ended well (`<key>:healthy`) to the group
 * that it made, whatever came between.
 */
export function noteHealthy(
  groups: ObservationGroup[],
  words: PlacedObservation[],
): void {
  const makers = new Map<string, ObservationGroup>();
  const others = new Map<string, ObservationGroup>();
  for (const group of groups) {
    group.makers.forEach(each => makers.set(observationId(each), group));
    group.others.forEach(each => others.set(observationId(each), group));
  }
  for (const word of words) {
    const key = improvedKeyOf(word) ?? '';
    const id = observationId({ source: word.source, key });
    const made = makers.get(id);
    (made ?? others.get(id))?.others.push(word);
    const known = made?.targets.get(word.target ?? '');
    const maker = made?.makers.find(each => observationId(each) === id);
    if (
      known &&
      maker?.read?.landedAt === undefined &&
      isLive(word.rollout) &&
      rankOfBasis(word.basis) < rankOfBasis(known.basis)
    ) {
      improve(known, word);
    }
  }
}

function reachedBy(observation: PlacedObservation): ReachedTarget {
  const { finishedAt, rollout, basis, source, read } = observation;
  // Git's word counts for what was there before its first sync.
  const there = read?.landedAt !== undefined;
  return {
    finishedAt,
    rollout,
    basis: there ? 'desired' : basis,
    source,
    ...(basis === 'synced' && !there && isLive(rollout)
      ? { synced: { at: finishedAt, source } }
      : {}),
  };
}

function improve(target: ReachedTarget, observation: PlacedObservation): void {
  const { finishedAt, basis, source } = observation;
  Object.assign(target, { finishedAt, basis, source });
  if (basis === 'synced') {
    target.synced = { at: finishedAt, source };
  }
}
