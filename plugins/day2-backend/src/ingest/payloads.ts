import type {
  ApplicationObservation,
  ChangeObservation,
  DeploymentObservation,
  IncidentObservation,
  ObjectiveObservation,
  OnCallObservation,
} from '@day2/backstage-plugin-day2-node';

/** JSON of `observation.payload` of a deployment: persons are ids. */
export type DeploymentPayload = Omit<
  DeploymentObservation,
  'kind' | 'key' | 'version' | 'actor'
> & { actorId?: string };

/** JSON of `observation.payload` of a change: persons are ids. */
export type ChangePayload = Omit<
  ChangeObservation,
  'kind' | 'key' | 'version' | 'authors' | 'touches'
> & {
  /** `fieldCount`: all of them, where `fields` is cut. */
  touches: (ChangeObservation['touches'][number] & { fieldCount: number })[];
  authorIds: string[];
  fieldCount: number;
  pathsCut: boolean;
};

/** JSON of `observation.payload` of an application: persons are ids. */
export type ApplicationPayload = Omit<
  ApplicationObservation,
  'kind' | 'key' | 'version' | 'operation'
> & {
  operation?: Omit<
    NonNullable<ApplicationObservation['operation']>,
    'actor'
  > & { actorId?: string };
};

/** JSON of `observation.payload` of an objective. */
export type ObjectivePayload = Omit<
  ObjectiveObservation,
  'kind' | 'key' | 'version'
>;

/** JSON of `observation.payload` of an incident: persons are ids. */
export type IncidentPayload = Omit<
  IncidentObservation,
  'kind' | 'key' | 'version' | 'acknowledgedBy' | 'assignees'
> & { acknowledgedById?: string; assigneeIds?: string[] };

/** JSON of `observation.payload` of who is on call: the person is an id. */
export type OnCallPayload = Omit<
  OnCallObservation,
  'kind' | 'key' | 'version' | 'person'
> & { personId?: string };

/** Reads a stored payload; fields that a source cleared are absent. */
export function parsePayload<
  T extends
    | DeploymentPayload
    | ChangePayload
    | ApplicationPayload
    | ObjectivePayload
    | IncidentPayload
    | OnCallPayload,
>(text: string): T {
  const payload = JSON.parse(text) as Record<string, unknown>;
  for (const [field, value] of Object.entries(payload)) {
    if (value === null) {
      delete payload[field];
    }
  }
  return payload as unknown as T;
}
