import type { Reason } from '../deployments/deployment';
import type { Level, PriorityNumber, PriorityVerdict } from './priority';

/** What a tool calls one alert or incident. @public */
export interface IncidentReference {
  source: string;
  key: string;
}

/** How bad a tool says it is, in its own words. @public */
export interface SeverityWord {
  field: 'priority' | 'urgency' | 'severity';
  word: string;
}

/** What a cause field of a tool names: an id, a version, a commit, an address. @public */
export interface NamedCause {
  field: string;
  name: string;
}

/**
 * What a source says of one alert or incident. Instants are epoch milliseconds;
 * an absent one was not told.
 *
 * @public
 */
export interface IncidentObservation extends IncidentReference {
  /** `pagerduty`, `alertmanager`, `opsgenie`, ... */
  tool: string;
  /** An `alert` ends with what it measures, an `incident` when people say so. */
  kind: 'alert' | 'incident';
  /** Ids of the services that its subject is linked to. */
  services: readonly string[];
  environment?: string;
  title: string;
  url?: string;
  words: readonly SeverityWord[];
  impactStartedAt?: number;
  /** When the tool opened it: it does not change afterwards. */
  detectedAt: number;
  acknowledgedAt?: number;
  mitigatedAt?: number;
  /** Absent while it is open there. */
  resolvedAt?: number;
  /** Times between, in which the tool held it for resolved. */
  gaps?: readonly { resolvedAt: number; reopenedAt: number }[];
  causes?: readonly NamedCause[];
}

/** The five instants of an incident. @public */
export type InstantName =
  | 'impactStartedAt'
  | 'detectedAt'
  | 'acknowledgedAt'
  | 'mitigatedAt'
  | 'resolvedAt';

/** Who said something, when (epoch milliseconds) and why. @public */
export interface Said {
  /** Id of the person. */
  by: string;
  at: number;
  why?: string;
}

/**
 * A person's word that each reference on the left belongs together with, or
 * apart from, each on the right.
 *
 * @public
 */
export interface GroupingDecision extends Said {
  kind: 'together' | 'apart';
  left: readonly IncidentReference[];
  right: readonly IncidentReference[];
}

/**
 * A person's word on a field of the incident that holds `reference`, whichever
 * that becomes. An instant without a value has not happened.
 *
 * @public
 */
export type IncidentOverride = Said & { reference: IncidentReference } & (
    | { field: InstantName; value?: number }
    | { field: 'impact' | 'urgency'; value: Level }
    | { field: 'priority'; value: PriorityNumber }
    | { field: 'title'; value: string }
  );

/** Whose word an instant is: a tool's or a person's. @public */
export type InstantOrigin =
  | ({ kind: 'reference' } & IncidentReference)
  | ({ kind: 'person' } & Said);

/** One word on an instant; without `at` it says that it has not happened. @public */
export interface InstantWord {
  at?: number;
  origin: InstantOrigin;
}

/** An instant as it stands, and everything that was said of it. @public */
export interface IncidentInstant extends Partial<InstantWord> {
  /** By instant, then by origin. */
  words: InstantWord[];
}

/** It was over, and then something opened again. @public */
export interface Reopening {
  /** Epoch milliseconds. */
  resolvedAt: number;
  /** Epoch milliseconds. */
  reopenedAt: number;
  reference: IncidentReference;
}

/** @public */
export type IncidentState = 'open' | 'mitigated' | 'resolved';

/**
 * One impact on one or more services, as one or more tools saw it.
 *
 * @public
 */
export interface Incident {
  /**
   * The earliest of its references: what its id is made of. The id of every
   * other one is an alias, so that an id once given always finds its incident.
   */
  first: IncidentReference;
  /** Earliest first. */
  references: IncidentObservation[];
  services: string[];
  environments: string[];
  title: string;
  state: IncidentState;
  /** Epoch milliseconds: when the impact started, else when it was detected. */
  startedAt: number;
  instants: Record<InstantName, IncidentInstant>;
  /** Earliest first. */
  reopened: Reopening[];
  priority: PriorityVerdict;
  /** What its tools and people say that cannot all be so. */
  contradictions: Reason[];
}
