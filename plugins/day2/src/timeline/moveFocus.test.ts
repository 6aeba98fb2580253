import type { LaneMark } from './layoutLane';
import { moveFocus } from './moveFocus';

const lane = (...xs: number[]): LaneMark[] =>
  xs.map(x => ({ entries: [], x, from: x, to: x, tone: 'ok' }));
const lanes = [lane(0, 50, 100), lane(), lane(40, 90)];

describe('moveFocus', () => {
  it.each([
    ['ArrowRight', [0, 0], [0, 1]],
    ['ArrowRight', [0, 2], [0, 2]],
    ['ArrowLeft', [0, 0], [0, 0]],
    ['Home', [0, 2], [0, 0]],
    ['End', [0, 0], [0, 2]],
    // The empty lane is passed over; the nearest mark is taken.
    ['ArrowDown', [0, 2], [2, 1]],
    ['ArrowUp', [2, 0], [0, 1]],
    ['ArrowDown', [2, 0], [2, 0]],
    ['x', [0, 1], [0, 1]],
  ])('%s from %j leads to %j', (key, [l, m], [toLane, toMark]) => {
    expect(moveFocus({ lanes, from: { lane: l, mark: m }, key })).toEqual({
      lane: toLane,
      mark: toMark,
    });
  });
});
