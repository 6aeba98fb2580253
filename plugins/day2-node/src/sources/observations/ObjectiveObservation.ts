import type { Objective } from '@day2/backstage-plugin-day2-common';
import type { ObservationBase, ObservedSubject } from './ObservedSubject';

/**
 * An SLO as a file has it, or why it is none. A listing of all files sweeps
 * those that are gone.
 *
 * @public
 */
export interface ObjectiveObservation extends ObservationBase {
  kind: 'objective';
  /** Of kind `objectives`, its `entityRef` the service that named the file. */
  subject: ObservedSubject;
  /** Of the SLO, else of the document; the file's where that has none. */
  name: string;
  /** Path as people know it, e.g. relative to the repository. */
  file: string;
  /** From 1: where the SLO begins, or what is wrong. */
  line?: number;
  /** Where people look at it. */
  url?: string;
  /** Either this ... */
  objective?: Objective;
  /** ... or why it is none. */
  invalid?: {
    reason: string;
    /** In the document, e.g. `spec.objectives[1].target`; empty for all of it. */
    path: string;
  };
  /** Name of the instance that measures it, where the service names one. */
  instance?: string;
}
