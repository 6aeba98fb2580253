import type { EnvironmentName } from '../ServiceSpec';

/** What an outage came from, as only the world knows it. @public */
export type OutageKind =
  /** A release that is rolled back. */
  | 'release'
  | 'dependency'
  | 'certificate'
  | 'capacity'
  /** An alert that ends by itself; nobody has to do anything. */
  | 'noise';

/** The deployment an outage came from. @public */
export interface OutageCause {
  service: string;
  environment: EnvironmentName;
  version: string;
  /** Commit of the application. */
  sha: string;
  /** When the first target ran it, epoch milliseconds. */
  liveAt: number;
}

/**
 * A time in which a service answered with more errors than it should. Instants
 * are epoch milliseconds; those after the world's end are absent.
 *
 * @public
 */
export interface Outage {
  /** Stable, however the world goes on. */
  id: string;
  kind: OutageKind;
  service: string;
  environment: EnvironmentName;
  title: string;
  urgency: 'high' | 'low';
  /** Absent where no deployment did it, whatever was deployed just before. */
  cause?: OutageCause;
  startedAt: number;
  /** When somebody or something noticed. */
  detectedAt?: number;
  acknowledgedAt?: number;
  /** Address of who took it on; absent where nobody had to. */
  acknowledgedBy?: string;
  /** When no more requests than usual failed. */
  mitigatedAt?: number;
  resolvedAt?: number;
  resolvedBy?: string;
  /** Share of requests that fail while it is at its worst, 0 to 1. */
  errorShare: number;
}
