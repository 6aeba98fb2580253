import type { AccountConfig } from '../config';
import {
  DAY_MS,
  openCursor,
  writeCursor,
  type PagerdutyCursor,
} from './cursor';
import { moveMark, nextWindow, shorten } from './nextWindow';
import { noticesOf } from './noticesOf';

const now = 1000 * DAY_MS;

function cursorAt(days: number, span: number): PagerdutyCursor {
  return {
    v: 1,
    settings: '',
    since: now - 90 * DAY_MS,
    mark: now - days * DAY_MS,
    span: span * DAY_MS,
    done: {},
    open: {},
    again: [],
    notices: [],
  };
}

/** From and to in days before now, and whether it is the last. */
function windowOf(cursor: PagerdutyCursor) {
  const { from, to, isLast } = nextWindow(cursor, now);
  return [(from - now) / DAY_MS, (to - now) / DAY_MS, isLast];
}

it.each([
  ['long ago', 90, 1, [-90, -89, false]],
  ['to a day ago', 3, 2, [-3, -1, false]],
  ['into the last day', 3, 2.5, [-3, 1, true]],
  ['in the last day', 0.5, 1, [-0.5, 1, true]],
  ['with too much in the last day', 0.5, 0.25, [-0.5, -0.25, false]],
  ['to now', 0.25, 0.25, [-0.25, 0, false]],
  ['by a clock that is behind', -0.5, 1, [0.5, 1.5, true]],
])('a window %s', (_, days, span, window) => {
  expect(windowOf(cursorAt(days, span))).toEqual(window);
});

it.each([0.01, 0.7, 1, 1.5, 2, 3, 28, 90])(
  'with too much in %s days it ends by being short enough',
  days => {
    const cursor = cursorAt(days, 28);
    let tries = 0;
    let window = nextWindow(cursor, now);
    while (shorten(cursor, window, now)) {
      tries += 1;
      const next = nextWindow(cursor, now);
      expect(next.to).toBeLessThan(window.to);
      window = next;
    }
    expect(window.to - window.from).toBe(1000);
    expect(tries).toBeLessThan(40);
  },
);

it('moves to the newest that was met, where our clock may be ahead', () => {
  const last = cursorAt(0.5, 1);
  const window = nextWindow(last, now);
  moveMark(last, { window, count: 1, newest: now - 600_000, now });
  expect(last.mark).toBe(now - 720_000);
  moveMark(last, { window, count: 0, now });
  expect(last.mark).toBe(now - 720_000);
  const short = cursorAt(0.5, 0.25);
  moveMark(short, {
    window: nextWindow(short, now),
    count: 2000,
    newest: now - 0.4 * DAY_MS,
    now,
  });
  expect(short).toMatchObject({
    mark: now - 0.4 * DAY_MS,
    span: 0.25 * DAY_MS,
  });
});

it('forgets what is met no more', () => {
  const cursor = cursorAt(30, 1);
  cursor.done = { Q1: cursor.mark + 1, Q2: cursor.mark + DAY_MS };
  const newest = cursor.mark + DAY_MS - 1;
  moveMark(cursor, { window: nextWindow(cursor, now), count: 2, newest, now });
  expect(cursor.done).toEqual({ Q2: cursor.mark });
});

describe('a mark that lies beyond now', () => {
  const config = { sinceMs: 90 * DAY_MS } as AccountConfig;
  const opened = (cursor: PagerdutyCursor) =>
    openCursor({
      cursor: writeCursor({
        ...cursor,
        settings: openCursor({ config, now }).settings,
      }),
      config,
      now,
    });

  it('goes back to what PagerDuty told last', () => {
    const cursor = { ...cursorAt(-3, 1), met: now - DAY_MS };
    expect(opened(cursor)).toMatchObject({
      mark: now - DAY_MS - 120_000,
      putBackAt: now,
    });
  });

  it('goes back to the beginning where nobody knows', () => {
    expect(opened(cursorAt(-3, 1)).mark).toBe(now - 90 * DAY_MS);
    const known = opened(cursorAt(3, 1));
    expect(known).toMatchObject({ mark: now - 3 * DAY_MS });
    expect(known.putBackAt).toBeUndefined();
  });

  it('stays where PagerDuty is ahead of our clock', () => {
    const cursor = { ...cursorAt(-0.5, 1), met: now + 0.5 * DAY_MS + 120_000 };
    const { mark, putBackAt } = opened(cursor);
    expect([mark, putBackAt]).toEqual([cursor.mark, undefined]);
  });

  it('is told for a day', () => {
    expect(noticesOf({ services: 1, wasAhead: true })).toEqual([
      expect.stringContaining('clock was ahead'),
    ]);
  });
});
