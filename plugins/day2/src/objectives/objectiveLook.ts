import type { ObjectiveStateWord } from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

/** How a state is shown, beside its word. */
export const objectiveLook: Record<
  ObjectiveStateWord,
  { tone: Tone; icon?: IconName }
> = {
  page: { tone: 'bad', icon: 'burning' },
  ticket: { tone: 'attention', icon: 'burning' },
  exhausted: { tone: 'bad', icon: 'blocked' },
  ok: { tone: 'ok' },
  'no traffic': { tone: 'neutral', icon: 'paused' },
  unknown: { tone: 'unknown' },
  unmeasured: { tone: 'unknown', icon: 'waiting' },
  invalid: { tone: 'bad' },
};

/** States in which nothing is measured now, so that no figure is current. */
export const silent: ObjectiveStateWord[] = [
  'unknown',
  'unmeasured',
  'invalid',
];
