import type {
  IncidentRecord,
  SuspectRecord,
} from '@day2/backstage-plugin-day2-common';
import type { IconName, Tone } from '../ui';

interface Look {
  tone: Tone;
  icon?: IconName;
}

/** How the state of an incident is shown, beside its word. */
export const incidentLook: Record<IncidentRecord['state'], Look> = {
  open: { tone: 'bad', icon: 'burning' },
  mitigated: { tone: 'attention', icon: 'waiting' },
  resolved: { tone: 'ok' },
};

/** How the judgement of a suspect is shown, beside its word. */
export const suspectLook: Record<SuspectRecord['state'], Look> = {
  confirmed: { tone: 'bad' },
  suspected: { tone: 'attention' },
  candidate: { tone: 'neutral', icon: 'unknown' },
  rejected: { tone: 'neutral', icon: 'undone' },
};

/** 1 and 2 are those one gets up for. */
export function priorityTone(priority?: number): Tone {
  if (priority === undefined) {
    return 'unknown';
  }
  if (priority <= 2) {
    return 'bad';
  }
  return priority === 3 ? 'attention' : 'neutral';
}
