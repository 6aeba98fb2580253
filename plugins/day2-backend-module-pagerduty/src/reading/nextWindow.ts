import { DAY_MS, OVERLAP_MS, type PagerdutyCursor } from './cursor';

/** What is read at once: half-open, epoch milliseconds. */
export interface Window {
  from: number;
  to: number;
  /** It reaches to whatever PagerDuty holds for now. */
  isLast: boolean;
}

const LONGEST_MS = 28 * DAY_MS;
/** Nothing is told apart further. */
export const SHORTEST_MS = 1000;
const FEW = 500;

/**
 * The next window from the mark on. The last one reaches a day beyond our clock,
 * which PagerDuty's need not follow.
 */
export function nextWindow(cursor: PagerdutyCursor, now: number): Window {
  const { mark, span } = cursor;
  const to = mark + span;
  // A window shorter than a day is one of too many; it stays short to the end.
  const isLast = to > now - (span >= DAY_MS ? DAY_MS : 0);
  return isLast
    ? { from: mark, to: Math.max(now, mark) + DAY_MS, isLast }
    : { from: mark, to, isLast };
}

/** There was too much in a window: the next one is shorter. @returns whether it can be */
export function shorten(
  cursor: PagerdutyCursor,
  window: Window,
  now: number,
): boolean {
  const length = (window.isLast ? now : window.to) - window.from;
  cursor.span = Math.max(SHORTEST_MS, Math.floor(length / 2));
  return length > SHORTEST_MS;
}

/**
 * Moves the mark behind a window that was read. Behind the last one by the clock
 * of PagerDuty, since ours could be ahead: to the newest instant that was met.
 *
 * @param options - `count`: of what was in the window; `newest`: epoch milliseconds
 */
export function moveMark(
  cursor: PagerdutyCursor,
  options: { window: Window; count: number; newest?: number; now: number },
): void {
  const { window, count, newest, now } = options;
  const isRecent = window.to > now - DAY_MS;
  cursor.met = Math.max(cursor.met ?? cursor.since, newest ?? 0);
  const told = Math.max(cursor.since, cursor.met - OVERLAP_MS);
  if (window.isLast) {
    cursor.mark = told;
  } else if (isRecent && newest !== undefined) {
    cursor.mark = Math.max(
      cursor.mark + SHORTEST_MS,
      Math.min(window.to, newest),
    );
  } else {
    cursor.mark = window.to;
  }
  if (count < FEW) {
    cursor.span = Math.min(cursor.span * 2, LONGEST_MS);
  }
  for (const [id, upTo] of Object.entries(cursor.done)) {
    if (upTo < Math.min(cursor.mark, told)) {
      delete cursor.done[id];
    }
  }
}
