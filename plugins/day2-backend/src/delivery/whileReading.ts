import type { Figure, ScoreboardRow } from '@day2/backstage-plugin-day2-common';

const WHY = 'Not read to its end yet: nothing known so far';

/** A row of a past that is still being read: none is of nothing, nor has a place. */
export function whileReading(row: ScoreboardRow): ScoreboardRow {
  return {
    ...row,
    figures: row.figures.map(({ survey: _place, ...each }) => ({
      ...each,
      figure: withoutZero(each.figure),
      trend: each.trend?.map(week => ({
        ...week,
        figure: withoutZero(week.figure),
      })),
    })),
  };
}

function withoutZero(figure: Figure): Figure {
  const { value: _none, ...rest } = figure;
  return figure.n === 0 ? { ...rest, reason: WHY } : figure;
}
