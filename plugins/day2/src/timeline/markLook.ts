import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import type { Tone } from '../ui';

/** Shapes tell entries apart without their colours. */
export type Shape =
  | 'disc'
  | 'ring'
  | 'cross'
  | 'back'
  | 'chevrons'
  | 'up'
  | 'diamond'
  | 'hollow'
  | 'square'
  | 'octagon'
  | 'halfOctagon'
  | 'hollowOctagon';

/** The word of a look, as its message is named. */
export type LookWord =
  | 'deployed'
  | 'failed'
  | 'undone'
  | 'rollback'
  | 'hotfix'
  | 'change'
  | 'configuration'
  | 'revert'
  | 'merge'
  | 'superseded'
  | 'incidentOpen'
  | 'incidentMitigated'
  | 'incidentResolved';

/** Shape, colour and word of an entry: always the three. */
export interface MarkLook {
  shape: Shape;
  tone: Tone;
  word: LookWord;
}

/** How an entry looks. What went wrong wins over what kind it is. */
export function markLook(
  entry: Pick<TimelineEntry, 'kind' | 'status' | 'flags'>,
): MarkLook {
  const has = (flag: TimelineEntry['flags'][number]) =>
    entry.flags.includes(flag);
  if (has('superseded')) {
    return { shape: 'ring', tone: 'unknown', word: 'superseded' };
  }
  if (entry.kind === 'incident') {
    return incidentLook(entry.status);
  }
  if (entry.status === 'failed') {
    return { shape: 'cross', tone: 'bad', word: 'failed' };
  }
  if (has('rollback')) {
    return { shape: 'back', tone: 'attention', word: 'rollback' };
  }
  if (has('revert')) {
    return { shape: 'chevrons', tone: 'info', word: 'revert' };
  }
  if (has('hotfix')) {
    return { shape: 'up', tone: 'attention', word: 'hotfix' };
  }
  if (entry.status === 'undone') {
    return { shape: 'ring', tone: 'attention', word: 'undone' };
  }
  if (entry.kind === 'deployment') {
    return { shape: 'disc', tone: 'ok', word: 'deployed' };
  }
  if (has('configuration')) {
    return { shape: 'square', tone: 'info', word: 'configuration' };
  }
  return {
    shape: has('merge') ? 'hollow' : 'diamond',
    tone: 'neutral',
    word: has('merge') ? 'merge' : 'change',
  };
}

/** Open, mitigated, or over. */
function incidentLook(status: TimelineEntry['status']): MarkLook {
  switch (status) {
    case 'failed':
      return { shape: 'octagon', tone: 'bad', word: 'incidentOpen' };
    case 'attention':
      return {
        shape: 'halfOctagon',
        tone: 'attention',
        word: 'incidentMitigated',
      };
    default:
      return {
        shape: 'hollowOctagon',
        tone: 'neutral',
        word: 'incidentResolved',
      };
  }
}
