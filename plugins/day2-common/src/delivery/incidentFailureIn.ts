import {
  incidentFailureOf,
  type IncidentFailure,
} from '../incidents/incidentFailures';
import { cutReasons } from './cutReasons';
import type { DeliveryInput } from './delivery';

/** What its incidents say of a deployment; undefined where it caused none. */
export function incidentFailureIn({
  finishedAt,
  incidents,
}: Pick<DeliveryInput, 'finishedAt' | 'incidents'>):
  | IncidentFailure
  | undefined {
  const caused = incidents?.caused ?? [];
  if (caused.length === 0) {
    return undefined;
  }
  const failure = incidentFailureOf({ finishedAt, incidents: caused });
  return { ...failure, reasons: cutReasons(failure.reasons, 'incidents') };
}
