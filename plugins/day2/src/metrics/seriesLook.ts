/**
 * Colours of lines, none of which means a state, each at least 3:1 on its
 * theme's panel; held by a test.
 */
export const seriesColors = {
  light: [
    '#1c5a9e',
    '#8a3ea8',
    '#0b7285',
    '#7a4a1e',
    '#5a4fcf',
    '#a0307a',
    '#4d6b00',
    '#3d4a5c',
  ],
  dark: [
    '#a5cfff',
    '#e3b0f5',
    '#7fdbe6',
    '#e0bfa0',
    '#bdb8ff',
    '#f7a8d8',
    '#c6dc7a',
    '#c3cfdf',
  ],
} as const;

const dashes = [undefined, '6 3', '2 3', '8 3 2 3', '1 4', '10 4', '4 2 1 2'];

/** What tells a line from the others: its colour, and where those are used up its dashes. */
export function seriesLook(options: {
  index: number;
  theme: 'light' | 'dark';
}): { stroke: string; strokeDasharray?: string } {
  const colors = seriesColors[options.theme];
  const { index } = options;
  return {
    stroke: colors[index % colors.length],
    strokeDasharray: dashes[Math.floor(index / colors.length) % dashes.length],
  };
}
