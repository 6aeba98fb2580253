const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A span of time in words, its two largest units: `3 h 20 min`, `2 d 4 h`,
 * `45 s`.
 *
 * @param milliseconds - a negative span is written as its size with a minus
 *
 * @public
 */
export function durationWords(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) {
    return 'unknown';
  }
  if (milliseconds < 0) {
    return `−${durationWords(-milliseconds)}`;
  }
  // Rounded to what is shown first, so that 59.9 min is 1 h and not 60 min.
  if (milliseconds < minute - 500) {
    return `${Math.round(milliseconds / 1000)} s`;
  }
  if (milliseconds < 10 * minute) {
    return pair(Math.round(milliseconds / 1000), 60, 'min', 's');
  }
  if (milliseconds < day - minute / 2) {
    const minutes = Math.round(milliseconds / minute);
    return minutes < 60 ? `${minutes} min` : pair(minutes, 60, 'h', 'min');
  }
  const hours = Math.round(milliseconds / hour);
  return hours < 14 * 24
    ? pair(hours, 24, 'd', 'h')
    : `${Math.round(milliseconds / day)} d`;
}

function pair(count: number, per: number, large: string, small: string) {
  const whole = Math.floor(count / per);
  const rest = count % per;
  return rest === 0
    ? `${whole} ${large}`
    : `${whole} ${large} ${rest} ${small}`;
}
