import type { FleetState } from './fleet';
import type { HealthState, SyncState } from './applicationState';

const states = ['empty', 'ok', 'unknown', 'attention', 'bad'] as const;

/** How much an application needs somebody: 4 bad, 3 attention, 2 unknown, 1 ok. @public */
export function severityOf(state: {
  sync: SyncState;
  failing: boolean;
  health: HealthState;
}): number {
  const { sync, health, failing } = state;
  if (health === 'degraded' || failing) {
    return 4;
  }
  if (
    sync === 'drifted' ||
    sync === 'pending' ||
    sync === 'out-of-sync' ||
    health === 'missing' ||
    health === 'suspended'
  ) {
    return 3;
  }
  return sync === 'unknown' || health === 'unknown' ? 2 : 1;
}

/** The state of a service by the largest severity of its applications; 0 where it has none. @public */
export function stateOfSeverity(severity: number): FleetState['state'] {
  return states[severity] ?? 'unknown';
}

/** The severity that stands for a state. @public */
export function severityOfState(state: FleetState['state']): number {
  return states.indexOf(state);
}

/** The severity of what is not observed any more, whatever it was. @public */
export const UNOBSERVED_SEVERITY = 2;
