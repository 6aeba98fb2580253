import { anEntry } from '../__testUtils__/records';
import { layoutBars } from './layoutBars';

const at = (minute: number) => new Date(minute * 60_000).toISOString();
const x = (instant: number) => instant / 60_000;
const incident = (from: number, until?: number) =>
  anEntry({
    id: `i-${from}`,
    kind: 'incident',
    at: at(from),
    until: until === undefined ? undefined : at(until),
    status: until === undefined ? 'failed' : 'ok',
  });
const layout = (...entries: ReturnType<typeof incident>[]) =>
  layoutBars({ entries, x, from: 10 * 60_000, to: 100 * 60_000 });

describe('layoutBars', () => {
  it('draws from the start to the end', () => {
    expect(layout(incident(20, 50))).toEqual([
      { id: 'i-20', x: 20, width: 30, tone: 'neutral' },
    ]);
  });

  it('lets one that is open go on to the end of what is known', () => {
    expect(layout(incident(40))).toEqual([
      { id: 'i-40', x: 40, width: 60, tone: 'bad' },
    ]);
  });

  it('cuts to the axis, and leaves out what is not on it', () => {
    expect(layout(incident(0, 30), incident(90, 200))).toMatchObject([
      { x: 10, width: 20 },
      { x: 90, width: 10 },
    ]);
    expect(layout(incident(0, 5), incident(120, 130))).toEqual([]);
  });

  it('lets a short one be seen', () => {
    expect(layout(incident(40, 40))).toMatchObject([{ width: 2 }]);
  });
});
