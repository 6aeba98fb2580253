import type { Reason } from '../deployments/deployment';
import { reasonsOfMarks } from '../deployments/describeGroup';
import type { UnplannedMark } from '../deployments/sequenceObservation';

/**
 * Why a change is an emergency (ITIL: emergency change), by its marks: a
 * hotfix, a rollback or what is called an emergency. A revert alone is none:
 * taking back what was merged may be planned.
 *
 * @public
 */
export function emergencyReasonsOf(marks: readonly UnplannedMark[]): Reason[] {
  return reasonsOfMarks(marks.filter(mark => mark !== 'revert'));
}
