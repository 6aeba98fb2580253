import type { ApplicationObservation } from './ApplicationObservation';
import type { ChangeObservation } from './ChangeObservation';
import type { CommitObservation, TagObservation } from './CommitObservation';
import type { DeploymentObservation } from './DeploymentObservation';
import type { IncidentObservation } from './IncidentObservation';
import type { MeasurementObservation } from './MeasurementObservation';
import type { ObjectiveObservation } from './ObjectiveObservation';
import type { OnCallObservation } from './OnCallObservation';

/**
 * Withdraws observations for good: history was rewritten, an object deleted.
 * Exact, so no sweep guard applies.
 *
 * @public
 */
export interface WithdrawnObservation {
  kind: 'withdrawn';
  /** Of all observations whose key is this or begins with it and a colon. */
  keyPrefix: string;
  reason: string;
}

/** What a source says. @public */
export type Observation =
  | DeploymentObservation
  | ChangeObservation
  | CommitObservation
  | TagObservation
  | ApplicationObservation
  | ObjectiveObservation
  | MeasurementObservation
  | IncidentObservation
  | OnCallObservation
  | WithdrawnObservation;
