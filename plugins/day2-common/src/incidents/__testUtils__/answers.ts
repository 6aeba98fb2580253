import type { LinkingAnswer } from '../linkingMeasure';
import type { SuspectCandidate } from '../suspect';
import { suspectsOf } from '../suspectsOf';
import { SUSPECT_RULES, type SuspectRules } from '../suspectRules';
import { DAY, type ReplaySet } from './replay';

/** What the scores say of each incident of the set. */
export function answersOf(
  { changes, incidents, hopsOf }: ReplaySet,
  rules: SuspectRules = SUSPECT_RULES,
): LinkingAnswer[] {
  return incidents.map(({ serviceId, incident, truth }) => {
    const { suspects } = suspectsOf({
      incident,
      candidates: changes.filter(
        ({ startedAt }) => Math.abs(startedAt - incident.startedAt) < 2 * DAY,
      ),
      hops: hopsOf(serviceId),
      rules,
    });
    const [first] = suspects;
    return {
      truth,
      ranked: suspects.map(({ id }) => id),
      named: first?.state === 'suspected' ? first.id : undefined,
      probability: first?.probability,
    };
  });
}

/**
 * What everybody does: the last of those that finished before the incident,
 * without bound, is the one.
 */
export function latestOf(
  { changes, incidents }: ReplaySet,
  counts: (change: SuspectCandidate, serviceId: string) => boolean,
): LinkingAnswer[] {
  return incidents.map(({ serviceId, incident, truth }) => {
    const ranked = changes
      .filter(
        each =>
          counts(each, serviceId) &&
          (each.finishedAt ?? Infinity) <= incident.startedAt,
      )
      .sort((a, b) => (b.finishedAt as number) - (a.finishedAt as number))
      .map(({ id }) => id);
    return { truth, ranked, named: ranked[0] };
  });
}
