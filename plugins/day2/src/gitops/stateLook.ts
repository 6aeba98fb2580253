import type {
  HealthState,
  SyncState,
} from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

interface Look {
  tone: Tone;
  icon?: IconName;
}

/** How a sync state is shown, beside its word. */
export const syncLook: Record<SyncState, Look> = {
  synced: { tone: 'ok' },
  pending: { tone: 'attention', icon: 'waiting' },
  drifted: { tone: 'attention' },
  'out-of-sync': { tone: 'attention' },
  unknown: { tone: 'unknown' },
};

/** How a health is shown, beside its word. */
export const healthLook: Record<HealthState, Look> = {
  healthy: { tone: 'ok' },
  progressing: { tone: 'info', icon: 'running' },
  degraded: { tone: 'bad' },
  suspended: { tone: 'attention', icon: 'paused' },
  missing: { tone: 'bad', icon: 'blocked' },
  unknown: { tone: 'unknown' },
};

/** How the end of an operation is shown, beside its word. */
export const phaseLook: Record<
  'running' | 'succeeded' | 'failed' | 'error' | 'terminating',
  Look
> = {
  running: { tone: 'info', icon: 'running' },
  succeeded: { tone: 'ok' },
  failed: { tone: 'bad' },
  error: { tone: 'bad' },
  terminating: { tone: 'attention', icon: 'undone' },
};
