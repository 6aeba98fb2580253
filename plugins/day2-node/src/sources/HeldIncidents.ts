import type { IncidentObservation } from './observations';

/**
 * What the hub holds of a source's incidents, whoever told it: what its tool
 * delivered as well. @public
 */
export interface HeldIncidents {
  /**
   * Those that have not ended, the one that was heard of longest ago first; at
   * most 10,000. `heardAt` is when the hub heard of it last, epoch milliseconds.
   */
  open(): Promise<{ key: string; version: number; heardAt: number }[]>;
  /**
   * As they were said last, of these keys: those that have ended too, and
   * without the persons.
   */
  said(keys: string[]): Promise<IncidentObservation[]>;
}
