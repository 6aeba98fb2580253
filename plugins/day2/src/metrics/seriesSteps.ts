import type { MetricChart } from '@day2/backstage-plugin-day2-common';

/** The instants of a chart's values, epoch milliseconds. */
export function stepsOf(
  chart: Pick<MetricChart, 'from' | 'stepSeconds' | 'series'>,
): number[] {
  const from = Date.parse(chart.from);
  const most = Math.max(1, ...chart.series.map(({ values }) => values.length));
  return Array.from(
    { length: most },
    (_, step) => from + step * chart.stepSeconds * 1000,
  );
}

/** From the least to the most that is drawn, zero included; never empty. */
export function valueRange(
  chart: Pick<MetricChart, 'series'>,
): [number, number] {
  const values = chart.series.flatMap(series =>
    series.values.filter(value => value !== null),
  );
  const lowest = values.reduce((least, value) => Math.min(least, value), 0);
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  return highest > lowest ? [lowest, highest] : [lowest, lowest + 1];
}

/** One value of one line. */
export interface SeriesValue {
  at: number;
  name: string;
  value: number;
}

/** Every value that is drawn, the newest first. */
export function valuesOf(chart: MetricChart): SeriesValue[] {
  return stepsOf(chart)
    .flatMap((at, step) =>
      chart.series.flatMap(({ name, values }) => {
        const value = values[step] ?? undefined;
        return value === undefined ? [] : [{ at, name, value }];
      }),
    )
    .sort((a, b) => b.at - a.at);
}
