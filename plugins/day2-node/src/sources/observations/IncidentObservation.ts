import type {
  NamedCause,
  SeverityWord,
} from '@day2/backstage-plugin-day2-common';
import type {
  ObservationBase,
  ObservedPerson,
  ObservedSubject,
} from './ObservedSubject';

/**
 * One alert or incident of a tool as it stands there. Instants are epoch
 * milliseconds; an absent one was not told.
 *
 * @public
 */
export interface IncidentObservation extends ObservationBase {
  kind: 'incident';
  /** What it is about: the tool's service, or the labels of the alert. */
  subject: ObservedSubject;
  /** `pagerduty`, `alertmanager`, ... */
  tool: string;
  /** An `alert` ends with what it measures, an `incident` when people say so. */
  nature: 'alert' | 'incident';
  /** The source's word for it; the hub maps it by `day2.environments`. */
  environment?: string;
  title: string;
  /** Text of the alert or the first note, cut to 5,000 characters. */
  description?: string;
  url?: string;
  /** How bad the tool says it is, in its own words. */
  words: SeverityWord[];
  impactStartedAt?: number;
  /** When the tool opened it: it does not change afterwards. */
  detectedAt: number;
  acknowledgedAt?: number;
  mitigatedAt?: number;
  /** Absent while it is open there. */
  resolvedAt?: number;
  /** Times between, in which the tool held it for resolved. */
  gaps?: { resolvedAt: number; reopenedAt: number }[];
  /** What a cause field of the tool names. */
  causes?: NamedCause[];
  /** Texts in which a change may be named: notes. At most 50 of 2,000 characters. */
  notes?: string[];
  acknowledgedBy?: ObservedPerson;
  assignees?: ObservedPerson[];
  runbook?: string;
  /** It still holds, and the tool tells nobody. */
  suppressed?: {
    by: 'silence' | 'inhibition';
    until?: number;
    text?: string;
  };
}
