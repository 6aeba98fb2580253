import { deterministicId } from '../database';

/**
 * The id of a record's line in the timeline of a service and environment. It
 * begins with the record's own id: of one instant, the timeline is in the order
 * in which the record's own list is.
 */
export function timelineId(options: {
  recordId: string;
  serviceId: string;
  environment: string;
}): string {
  const { recordId, serviceId, environment } = options;
  return `${recordId}.${deterministicId(serviceId, environment).slice(0, 16)}`;
}
