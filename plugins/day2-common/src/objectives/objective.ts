import type { TimeRange } from '../delivery/range';
import type { Budgeting } from './budgeting';
import type { ObjectivePeriod } from './objectivePeriod';

/** A query that counts events; what it lacks (a rate's window) is the source's to add. @public */
export interface MetricQuery {
  query: string;
  /** Name of the OpenSLO DataSource, or of an instance as configured. */
  source?: string;
}

/** What is counted, in PromQL. @public */
export interface ObjectiveIndicator {
  name?: string;
  /** Whether `events` counts good or bad ones. */
  counts: 'good' | 'bad';
  events: MetricQuery;
  total: MetricQuery;
  /** The metrics only ever rise; else they are numbers of events as they are. */
  counter: boolean;
}

/** Where a document was found. @public */
export interface DocumentPlace {
  file?: string;
  /** Of the documents of the file, from 0. */
  index: number;
}

/** One objective of one SLO. @public */
export interface Objective extends DocumentPlace {
  /** The SLO's name; of its second objective on with `#2` and so on. */
  id: string;
  /** Name of the SLO. */
  name: string;
  displayName?: string;
  description?: string;
  /** Name of the OpenSLO Service, which may have no document. */
  service: string;
  /** What the document of the service calls it. */
  serviceDisplayName?: string;
  indicator: ObjectiveIndicator;
  /** Share that is to be good: from 0 up, below 1. */
  target: number;
  budgeting: Budgeting;
  period: ObjectivePeriod;
  /** Planned downtime: out of every figure. Epoch milliseconds, the earliest first. */
  excluded?: TimeRange[];
}

/** A document, or one objective of it, that is wrong or that is not measured. @public */
export interface InvalidDocument extends DocumentPlace {
  invalid: true;
  kind?: string;
  name?: string;
  reason: string;
  /** In the document, e.g. `spec.objectives[1].target`; empty for all of it. */
  path: string;
}
