import { staleGrounds, toneColors } from './tones';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(start => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (high + 0.05) / (low + 0.05);
}

// Panel and page of the portal's own two themes, and what is not current.
const grounds = {
  light: ['#ffffff', '#f4f4f4', staleGrounds.light],
  dark: ['#424242', '#333333', staleGrounds.dark],
};

describe('colours', () => {
  it.each(
    (['light', 'dark'] as const).flatMap(theme =>
      Object.entries(toneColors[theme]).flatMap(([tone, color]) =>
        grounds[theme].map(ground => [theme, tone, ground, color] as const),
      ),
    ),
  )('%s %s reads well on %s', (_theme, _tone, ground, color) => {
    expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
