import { anEntry } from '../__testUtils__/records';
import { layoutLane } from './layoutLane';

const at = (minutes: number, over = {}) =>
  anEntry({
    id: String(minutes),
    at: new Date(minutes * 60_000).toISOString(),
    ...over,
  });
/** A minute is a pixel. */
const x = (instant: number) => instant / 60_000;

describe('layoutLane', () => {
  it.each([
    ['apart', [0, 24, 60], ['0', '24', '60']],
    ['near', [0, 10], ['0,10']],
    ['in any order', [60, 0, 10], ['0,10', '60']],
    ['nothing', [], []],
    ['at once', [5, 5], ['5,5']],
  ])('%s', (_, minutes, marks) => {
    const lane = layoutLane({
      entries: minutes.map(minute => at(minute)),
      x,
      gap: 24,
    });
    expect(
      lane.map(mark => mark.entries.map(({ id }) => id).join(',')),
    ).toEqual(marks);
  });

  it('keeps marks apart and crowds small, however dense the lane is', () => {
    const entries = Array.from({ length: 1_000 }, (_, index) => at(index));
    const lane = layoutLane({ entries, x, gap: 24 });
    for (let index = 1; index < lane.length; index++) {
      expect(lane[index].x - lane[index - 1].x).toBeGreaterThanOrEqual(24);
    }
    expect(Math.max(...lane.map(mark => x(mark.to - mark.from)))).toBeLessThan(
      60,
    );
    expect(lane.flatMap(mark => mark.entries)).toHaveLength(1_000);
  });

  it('lets a crowd hide no failure', () => {
    const [mark] = layoutLane({
      entries: [at(0), at(1, { status: 'failed' }), at(2)],
      x,
      gap: 24,
    });
    expect(mark).toMatchObject({ tone: 'bad', x: 1, from: 0, to: 120_000 });
  });
});
