import type {
  IncidentRecord,
  IncidentReferenceRecord,
} from '@day2/backstage-plugin-day2-common';

/** The instants of an incident, in the order in which they ought to come. */
export const instantFields = [
  'impactStartedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
] as const;

/** One of {@link instantFields}. */
export type InstantField = (typeof instantFields)[number];

/** What a person may say of an incident. */
export type SaidField =
  | InstantField
  | 'impact'
  | 'urgency'
  | 'priority'
  | 'title';

/** Which dialog is open, and of what. */
export type Asked =
  | { kind: 'say'; field: SaidField }
  | { kind: 'merge' }
  | { kind: 'split'; references: IncidentReferenceRecord[] }
  | {
      kind: 'judge';
      candidate: string;
      label: string;
      verdict: 'confirmed' | 'rejected';
    }
  | { kind: 'takeBack'; said: string; text: string };

/** Whether an instant is one of an incident's own. */
export function isInstant(field: SaidField): field is InstantField {
  return instantFields.some(one => one === field);
}

/** What a field is now, as the value of its control. */
export function valueOf(
  incident: IncidentRecord,
  field: Exclude<SaidField, InstantField>,
): string {
  return String(incident[field] ?? '');
}
