import type { WeekRange } from './range';
import type { DeliveryFigure } from './scoreboard';

/**
 * Puts the same figure of each week beside the figures of a range.
 *
 * @param options - `weeks`: those of `weeksOf`, each with `figuresOf` it
 *
 * @public
 */
export function addTrend(options: {
  figures: readonly DeliveryFigure[];
  weeks: readonly { week: WeekRange; figures: readonly DeliveryFigure[] }[];
}): DeliveryFigure[] {
  return options.figures.map(each => ({
    ...each,
    trend: options.weeks.flatMap(({ week, figures }) => {
      const own = figures.find(({ metric }) => metric === each.metric);
      return own
        ? [
            {
              week: week.name,
              from: new Date(week.from).toISOString(),
              to: new Date(week.to).toISOString(),
              whole: week.whole,
              figure: own.figure,
            },
          ]
        : [];
    }),
  }));
}
