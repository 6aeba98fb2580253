import type { MetricChart } from '@day2/backstage-plugin-day2-common';
import type { MetricSeries } from '@day2/backstage-plugin-day2-node';
import { iso } from '../http/range';
import type { ChartRange } from './chartRange';

/** A query with the dimension that its lines are named by. */
export interface ChartQuery {
  query: string;
  dimension?: string;
}

/** What is answered of a query before anything is known of it. */
export function emptyChart(asked: ChartQuery, range: ChartRange): MetricChart {
  return {
    ...asked,
    unit: unitOf(asked.query),
    from: iso(range.from),
    stepSeconds: range.stepSeconds,
    series: [],
  };
}

/** Lines on the steps of a range, each with its name. */
export function chartSeries(options: {
  series: MetricSeries[];
  dimension?: string;
  range: ChartRange;
}): MetricChart['series'] {
  const { series, range } = options;
  const names = namesOf(options);
  const stepMs = range.stepSeconds * 1000;
  const steps = Math.floor((range.to - range.from) / stepMs) + 1;
  return series.map(({ labels, points }, index) => {
    const values = new Array<number | null>(steps).fill(null);
    for (const { at, value } of points) {
      const step = Math.round((at - range.from) / stepMs);
      if (step >= 0 && step < steps) {
        values[step] = value;
      }
    }
    return { name: names[index], labels, values };
  });
}

/**
 * By the dimension, where all series have it; else by the first label that
 * there is. Several of one name are told apart by all their labels.
 */
function namesOf(options: {
  series: MetricSeries[];
  dimension?: string;
}): string[] {
  const { series, dimension } = options;
  const key =
    dimension && series.every(({ labels }) => Object.hasOwn(labels, dimension))
      ? dimension
      : Object.keys(series[0]?.labels ?? {})[0];
  const short = series.map(
    ({ labels }) => (key && labels[key]) || whole(labels),
  );
  return short.map((name, index) =>
    short.indexOf(name) === short.lastIndexOf(name)
      ? name
      : whole(series[index].labels),
  );
}

/** As PromQL writes it. */
function whole(labels: Record<string, string>): string {
  const { __name__: name = '', ...rest } = labels;
  const inner = Object.entries(rest)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(', ');
  return inner ? `${name}{${inner}}` : name || '{}';
}

/** Of a metric by itself, whose name ends with it by convention. */
function unitOf(query: string): MetricChart['unit'] {
  const name = /^([a-zA-Z_:][\w:]*)(?:\{[^}]*\})?$/.exec(query)?.[1];
  const unit = /_(bytes|seconds|ratio)$/.exec(name ?? '')?.[1];
  return unit as MetricChart['unit'];
}
