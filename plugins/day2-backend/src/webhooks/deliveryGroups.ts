import type { WebhookRecords } from '@day2/backstage-plugin-day2-node';
import type { ClaimedDelivery } from './WebhookInbox';

/** A delivery that was read. */
export interface ReadDelivery {
  claim: ClaimedDelivery;
  records: WebhookRecords;
}

/** Taken in by one transaction: more would hold SQLite's readers up. */
export const MAX_OBSERVATIONS = 100;

/** Deliveries in their order, those together that make one transaction; a large one is alone. */
export function deliveryGroups(read: ReadDelivery[]): ReadDelivery[][] {
  const groups: ReadDelivery[][] = [];
  let room = 0;
  for (const each of read) {
    const size = each.records.observations.length;
    if (size <= room) {
      groups.at(-1)?.push(each);
      room -= size;
    } else {
      groups.push([each]);
      room = MAX_OBSERVATIONS - size;
    }
  }
  return groups;
}
