import { staleGrounds } from '../ui/tones';
import { metricWords } from './metricWords';
import { seriesColors, seriesLook } from './seriesLook';
import { valueRange } from './seriesSteps';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(start => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const grounds = {
  light: ['#ffffff', staleGrounds.light],
  dark: ['#424242', staleGrounds.dark],
};

describe('lines of graphs', () => {
  it.each(['light', 'dark'] as const)('are seen on %s', theme => {
    for (const color of seriesColors[theme]) {
      for (const ground of grounds[theme]) {
        const [high, low] = [luminance(color), luminance(ground)].sort(
          (a, b) => b - a,
        );
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('are fifty that look like no other', () => {
    const looks = Array.from({ length: 50 }, (_, index) =>
      JSON.stringify(seriesLook({ index, theme: 'light' })),
    );
    expect(new Set(looks).size).toBe(50);
  });

  it.each([
    [0, undefined, '0'],
    [1_234_567, undefined, '1.23M'],
    [0.012345, undefined, '0.0123'],
    [0.0000123, undefined, '1.2e-5'],
    [3 * 1024 ** 3, 'bytes', '3 GiB'],
    [-2048, 'bytes', '-2 KiB'],
    [0, 'bytes', '0 B'],
    [0.25, 'seconds', '0.25 s'],
    [0.999, 'ratio', '99.9 %'],
  ] as const)('a value of %d %s is %s', (value, unit, words) => {
    expect(metricWords(value, unit)).toBe(words);
  });

  it.each([
    [[[null]], [0, 1]],
    [[[5, 5]], [0, 5]],
    [
      [[-3, null], [-1]],
      [-3, 0],
    ],
  ] as [(number | null)[][], [number, number]][])(
    'the range of %j is %j',
    (lines, expected) => {
      const series = lines.map(values => ({ name: '', labels: {}, values }));
      expect(valueRange({ series })).toEqual(expected);
    },
  );
});
