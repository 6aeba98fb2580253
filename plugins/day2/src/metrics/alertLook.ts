import type { NamedAlertState } from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

/** Colour and icon of an alert's state; its word stands beside them. */
export const alertLook: Record<
  NamedAlertState,
  { tone: Tone; icon: IconName }
> = {
  firing: { tone: 'bad', icon: 'burning' },
  pending: { tone: 'attention', icon: 'waiting' },
  unknown: { tone: 'unknown', icon: 'unknown' },
  inactive: { tone: 'ok', icon: 'ok' },
};
