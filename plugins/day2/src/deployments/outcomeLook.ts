import type { Deployment } from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

/** How an outcome is shown, beside its word. */
export const outcomeLook: Record<
  Deployment['outcome'],
  { tone: Tone; icon?: IconName }
> = {
  ok: { tone: 'ok' },
  failed: { tone: 'bad' },
  undone: { tone: 'attention', icon: 'undone' },
};

/** How what the tool said of a roll-out is shown. */
export const rolloutTone: Record<Deployment['rollout'], Tone> = {
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'attention',
  unknown: 'unknown',
};
