import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

/** How a source's state is shown, beside its word. */
export const stateLook: Record<
  SourceStatus['state'],
  { tone: Tone; icon?: IconName }
> = {
  ok: { tone: 'ok' },
  running: { tone: 'info', icon: 'running' },
  'back-filling': { tone: 'info', icon: 'waiting' },
  failing: { tone: 'bad' },
  stale: { tone: 'attention' },
  paused: { tone: 'unknown', icon: 'paused' },
  'never-run': { tone: 'unknown', icon: 'waiting' },
};

/** States that must not be overlooked. */
export function ails(state: SourceStatus['state']): boolean {
  return state === 'failing' || state === 'stale';
}
