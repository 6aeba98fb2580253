import { SLOT_MS } from '../../objectives/slots';
import type { LinkingAnswer } from '../linkingMeasure';
import type { SuspectCandidate } from '../suspect';
import { suspectsOf } from '../suspectsOf';
import { SUSPECT_RULES, type SuspectRules } from '../suspectRules';
import { DAY, type LabelledIncident, type ReplaySet } from './replay';

/** What the scores say of each incident of the set. */
export function answersOf(
  { changes, incidents, hopsOf }: ReplaySet,
  rules: SuspectRules = SUSPECT_RULES,
): LinkingAnswer[] {
  return incidents.map(labelled => {
    const { serviceId, incident, truth } = labelled;
    const { suspects } = suspectsOf({
      incident,
      candidates: changes
        .filter(
          ({ startedAt }) => Math.abs(startedAt - incident.startedAt) < 2 * DAY,
        )
        .map(change => withOnset(change, labelled)),
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

/** As the slots of five minutes tell it, all of which have traffic. */
function withOnset(
  change: SuspectCandidate,
  { serviceId, erringFrom }: LabelledIncident,
): SuspectCandidate {
  if (erringFrom === undefined) {
    return change;
  }
  const from = Math.floor(erringFrom / SLOT_MS) * SLOT_MS;
  const since = Math.ceil((change.finishedAt as number) / SLOT_MS) * SLOT_MS;
  const hit = {
    from,
    to: from + SLOT_MS,
    healthyMs: Math.max(0, from - since),
  };
  const own = change.serviceId === serviceId ? hit : undefined;
  return { ...change, onset: { hit, own } };
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
