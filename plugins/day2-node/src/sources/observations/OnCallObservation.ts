import type {
  ObservationBase,
  ObservedPerson,
  ObservedSubject,
} from './ObservedSubject';

/**
 * Who is on call for a subject. Listed whole by each reading, so that whoever
 * is not on call any more is swept.
 *
 * @public
 */
export interface OnCallObservation extends ObservationBase {
  kind: 'on-call';
  subject: ObservedSubject;
  person: ObservedPerson;
  /** Of the escalation: 1 is called first. */
  level: number;
  schedule?: string;
  /** Epoch milliseconds. */
  from?: number;
  until?: number;
  url?: string;
}
