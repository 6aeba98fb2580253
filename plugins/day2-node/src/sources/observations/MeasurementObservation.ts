import type { Slot } from '@day2/backstage-plugin-day2-common';
import type { ObservationBase } from './ObservedSubject';

/**
 * What was counted for an objective. The hub asks for it by
 * `SourceContext.objectives`, keeps the slots, and asks for none twice.
 *
 * @public
 */
export interface MeasurementObservation extends ObservationBase {
  kind: 'measurement';
  /** Id of the objective, as the hub gave it. */
  objective: string;
  /** As the hub gave it: of another indicator nothing is taken in. */
  indicator: string;
  /**
   * What was asked of the tool and answered: epoch milliseconds, multiples of
   * `SLOT_MS`, half-open. A slot of it that is not in `slots` has no data.
   */
  from: number;
  to: number;
  slots: Slot[];
}
