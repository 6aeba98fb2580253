import { countsAsDeployment } from '../deployments/countsAsDeployment';
import { replacedAfter } from '../deployments/replacedAfter';
import type { DeliveryInput } from './delivery';
import { versionsBefore } from './versionsBefore';

/** Marks by which a deployment says that it mends what is there. */
const FIX_MARKS = new Set(['hotfix', 'emergency', 'rollback', 'fix']);
const MIN_SHA = 7;

/** How the deployments of one sequence speak of each other: positions in it. */
export interface Ties {
  /** Those of the line that the rollback at `at` undid, latest first. */
  rolledBackBy(at: number): number[];
  /**
   * Those that were live in the line since the last one that counted, and that
   * one: what the deployment at `at` put an end to.
   */
  passedBy(at: number): number[];
  /** Those that brought a commit which one at `at` reverts, latest first. */
  revertedBy(at: number): number[];
  /**
   * What `at` mends: the last one before it of each version that it names, else,
   * where it is marked as a fix, the one it replaced within the look-back:
   * the last of a known version.
   */
  fixedBy(at: number): number[];
}

export function tiesOf(options: {
  sequence: readonly DeliveryInput[];
  lookBackMs: number;
}): Ties {
  const { sequence, lookBackMs } = options;
  const bringers = bringersOf(sequence);
  const lastBefore = versionsBefore(sequence);
  return {
    rolledBackBy: at => {
      const { rollback } = sequence[at];
      const places: number[] = [];
      let place: number | undefined = rollback?.replaces;
      while (place !== undefined && place !== rollback?.restores) {
        if (!sequence[place].ofRevision) {
          places.push(place);
        }
        place = sequence[place].previous;
      }
      return places;
    },
    passedBy: at => {
      const places: number[] = [];
      let place = sequence[at].previous;
      while (place !== undefined) {
        places.push(place);
        place = countsAsDeployment(sequence[place]).counts
          ? undefined
          : sequence[place].previous;
      }
      return places;
    },
    revertedBy: at => {
      const places = new Set<number>();
      for (const { first, reverts } of sequence[at].commits.list) {
        const sha = reverts?.toLowerCase() ?? '';
        if (!first || sha.length < MIN_SHA) {
          continue;
        }
        for (const each of bringers.get(sha.slice(0, MIN_SHA)) ?? []) {
          // Reverted before it went out, or together with it, it never failed there.
          const together = sequence[each.at].event === sequence[at].event;
          if (each.at < at && !together && each.sha.startsWith(sha)) {
            places.add(each.at);
          }
        }
      }
      // The commits of a deployment come in no order, what is said of it in one.
      return [...places].sort((a, b) => b - a);
    },
    fixedBy: at => {
      const { rollback, unplannedReasons, mends } = sequence[at];
      if (mends) {
        const named = new Set(
          mends.flatMap(version => lastBefore(at, version) ?? []),
        );
        return [...named].sort((a, b) => b - a);
      }
      const marked = unplannedReasons.some(({ code }) => FIX_MARKS.has(code));
      if (rollback || !marked) {
        return [];
      }
      let { previous } = sequence[at];
      while (previous !== undefined && sequence[previous].ofRevision) {
        previous = sequence[previous].previous;
      }
      if (previous === undefined) {
        return [];
      }
      const replaced = sequence[previous];
      const near = replacedAfter(replaced, sequence[at]) <= lookBackMs;
      // After a rollback the fix mends what that had put right already.
      return near && !replaced.rollback ? [previous] : [];
    },
  };
}

/**
 * Which deployments first brought a commit, by the beginning of its sha. A
 * commit that reverts another is none: to take it back is to land again what it
 * took away.
 */
function bringersOf(
  sequence: readonly DeliveryInput[],
): Map<string, { sha: string; at: number }[]> {
  const bringers = new Map<string, { sha: string; at: number }[]>();
  sequence.forEach((deployment, at) => {
    if (!countsAsDeployment(deployment).counts) {
      return;
    }
    for (const { sha, first, reverts } of deployment.commits.list) {
      if (first && reverts === undefined) {
        const key = sha.slice(0, MIN_SHA).toLowerCase();
        const known = bringers.get(key) ?? [];
        known.push({ sha: sha.toLowerCase(), at });
        bringers.set(key, known);
      }
    }
  });
  return bringers;
}
