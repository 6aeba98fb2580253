import type { ObservedSubject } from '@day2/backstage-plugin-day2-node';
import { oneLine } from './oneLine';

/** A service of PagerDuty, as incidents and who is on call are about it. */
export function subjectOf(options: {
  service: { id: string; name?: string; summary?: string };
  /** Name of the account in the configuration. */
  account: string;
}): ObservedSubject {
  const { id } = options.service;
  const name = oneLine(options.service.name ?? options.service.summary, 500);
  return {
    key: id,
    kind: 'incident-service',
    traits: {
      instance: options.account,
      toolService: { tool: 'pagerduty', id, ...(name ? { name } : {}) },
    },
  };
}
