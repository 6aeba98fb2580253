export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Midnight UTC of that instant's day. */
export function startOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

/** Day of the week in UTC: 1 is Monday, 7 Sunday. */
export function weekday(at: number): number {
  // 1970-01-01 was a Thursday.
  return ((Math.floor(at / DAY) + 3) % 7) + 1;
}
