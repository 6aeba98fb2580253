import { observationId } from '../deployments/sequenceObservation';
import { compareText } from './compareText';
import type { IncidentObservation, Said } from './incident';

/** One reference of all, as one text: what an incident's id is made of. @public */
export const referenceIdOf = observationId;

/** Earliest detected first; then by source and key. @public */
export function compareReferences(
  a: IncidentObservation,
  b: IncidentObservation,
): number {
  return (
    a.detectedAt - b.detectedAt ||
    compareText(referenceIdOf(a), referenceIdOf(b))
  );
}

/** The last word first: of two at once, by who said it and then by what. */
export function lastWordFirst(a: Said, b: Said): number {
  return (
    b.at - a.at ||
    compareText(a.by, b.by) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}
