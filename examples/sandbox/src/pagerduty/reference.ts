import { objectId, type ObjectType } from './objectId';

/** An object as others refer to it. */
export interface Reference {
  id: string;
  type: string;
  summary: string;
  self: string;
  html_url: string;
}

const plural: Partial<Record<ObjectType, string>> = {
  escalation_policy: 'escalation_policies',
  priority: 'priorities',
  log_entry: 'log_entries',
};

/**
 * Refers to an object.
 *
 * @param options - `key`: what its id is made of; `url`: address of the API
 */
export function reference(options: {
  type: ObjectType;
  key: string;
  summary: string;
  url: string;
}): Reference {
  const { type, key, summary, url } = options;
  const path = `${plural[type] ?? `${type}s`}/${objectId(type, key)}`;
  return {
    id: objectId(type, key),
    type: `${type}_reference`,
    summary,
    self: `${url}/${path}`,
    html_url: `${url}/web/${path}`,
  };
}

/** An instant as PagerDuty writes it: whole seconds in UTC. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
