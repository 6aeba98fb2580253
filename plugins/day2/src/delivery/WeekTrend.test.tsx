import type { Figure } from '@day2/backstage-plugin-day2-common';
import { screen } from '@testing-library/react';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { WeekTrend } from './WeekTrend';

/** A figure a week; none where there was too little. */
function trend(values: (number | undefined)[]) {
  return values.map((value, index) => ({
    week: `2026-W${10 + index}`,
    from: `2026-03-0${index + 1}T00:00:00Z`,
    to: `2026-03-0${index + 2}T00:00:00Z`,
    whole: true,
    figure: {
      unit: 'deployments per day',
      n: value ?? 0,
      ...(value === undefined ? { reason: 'Insufficient data' } : { value }),
    } satisfies Figure,
  }));
}

describe('the line of weeks', () => {
  it.each([
    ['a gap where a week had too little', [2, 1, undefined, 3, 2], 2],
    ['one line where each week has a value', [2, 1, 4, 3, 2], 1],
    ['nothing to bridge where 0 is what was', [2, 0, 2], 1],
  ])('has %s', async (_, values, lines) => {
    renderDay2(<WeekTrend trend={trend(values)} />);
    const line = await screen.findByRole('img', { name: /^By week/ });
    const path = line.querySelector('path')?.getAttribute('d') ?? '';
    expect(path.match(/M/g)).toHaveLength(lines);
    expect(line.querySelectorAll('circle')).toHaveLength(0);
  });

  it('says 0 and too little apart, and shows a week alone as a dot', async () => {
    renderDay2(<WeekTrend trend={trend([undefined, 2, undefined, 0])} />);
    const line = await screen.findByRole('img', {
      name: 'By week: 2026-W10 Insufficient data, 2026-W11 2 a day, 2026-W12 Insufficient data, 2026-W13 none',
    });
    const [dot, zero] = line.querySelectorAll('circle');
    expect(Number(zero.getAttribute('cy'))).toBeGreaterThan(
      Number(dot.getAttribute('cy')),
    );
  });

  it('is left out where no week has a value', () => {
    renderDay2(<WeekTrend trend={trend([undefined, undefined])} />);
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});
