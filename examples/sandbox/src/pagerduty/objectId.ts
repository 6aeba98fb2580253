import { createHash } from 'crypto';

const lengths = {
  service: 7,
  user: 7,
  team: 7,
  escalation_policy: 7,
  schedule: 7,
  priority: 7,
  subscription: 7,
  incident: 14,
  log_entry: 26,
} as const;

export type ObjectType = keyof typeof lengths;

/** Id of an object of PagerDuty: of one name always the same. */
export function objectId(type: ObjectType, name: string): string {
  const digest = createHash('sha256').update(`${type}/${name}`).digest('hex');
  const first = type === 'incident' ? 'Q' : 'P';
  const text = BigInt(`0x${digest}`).toString(36).toUpperCase();
  return `${type === 'log_entry' ? 'R' : first}${text.slice(
    0,
    lengths[type] - 1,
  )}`;
}
