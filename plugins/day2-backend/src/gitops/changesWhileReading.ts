import type { FleetState } from '@day2/backstage-plugin-day2-common';

/** What happened, where the past is still being read: not all, and never none. */
export function changesWhileReading(changes: FleetState): FleetState {
  const { headline, state } = changes;
  return state === 'empty'
    ? { state: 'unknown', headline: 'Not read yet' }
    : { ...changes, state: 'unknown', headline: `${headline} so far` };
}
