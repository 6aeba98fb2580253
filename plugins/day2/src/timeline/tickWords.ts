import { DateTime } from 'luxon';

/**
 * An instant below a chart, in the reader's zone and by 24 hours as everywhere:
 * the largest unit that begins there.
 */
export function tickWords(at: Date): string {
  const when = DateTime.fromJSDate(at);
  if (when.second !== 0) {
    return when.toFormat('HH:mm:ss');
  }
  if (when.hour !== 0 || when.minute !== 0) {
    return when.toFormat('HH:mm');
  }
  if (when.day !== 1) {
    // Of weeks a tick is on Sunday, when its month is not near.
    return when.toFormat(when.weekday === 7 ? 'd MMM' : 'ccc d');
  }
  return when.toFormat(when.month === 1 ? 'yyyy' : 'MMMM');
}
