import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';

/** A stretch of time of which nothing is known, epoch milliseconds. */
export interface Gap {
  from: number;
  to: number;
}

/** A point of the line: what was left at an instant, epoch milliseconds. */
export interface LinePoint {
  at: number;
  remaining: number;
  /** The beginning of the period then is not known. */
  partly?: boolean;
}

/** What a chart draws, apart from its size. */
export interface ChartShape {
  /** The line in pieces: it is not drawn over what is not known. */
  lines: LinePoint[][];
  gaps: Gap[];
  /** From here on the whole period is measured, where before it was not. */
  wholeFrom?: number;
  /** The most bad events of a step, at least 1. */
  mostBad: number;
  /** Lowest and highest share of the line, 0 and 1 among them. */
  lowest: number;
  highest: number;
}

/** The shape of a chart: its line in pieces, and where nothing is known. */
export function chartShapeOf(chart: ObjectiveChart): ChartShape {
  const step = chart.stepSeconds * 1000;
  const from = Date.parse(chart.from);
  const to = Date.parse(chart.to);
  const lines: LinePoint[][] = [];
  const gaps: Gap[] = [];
  let line: LinePoint[] = [];
  const breakLine = () => {
    if (line.length > 0) {
      lines.push(line);
      line = [];
    }
  };
  let known = from;
  for (const point of chart.points) {
    const at = Date.parse(point.at);
    if (at > known) {
      gaps.push({ from: known, to: at });
      breakLine();
    }
    known = at + step;
    if (point.remaining === undefined) {
      breakLine();
    } else {
      const { remaining, partly } = point;
      const last = line[line.length - 1];
      if (last && last.partly !== partly) {
        breakLine();
        // The pieces meet.
        line.push({ ...last, partly });
      }
      line.push({ at: known, remaining, partly });
    }
  }
  breakLine();
  if (known < to) {
    gaps.push({ from: known, to });
  }
  const shares = lines.flat().map(({ remaining }) => remaining);
  return {
    lines,
    gaps,
    wholeFrom: wholeFromOf(chart),
    mostBad: chart.points.reduce((most, { bad }) => Math.max(most, bad), 1),
    lowest: shares.reduce((a, b) => Math.min(a, b), 0),
    highest: shares.reduce((a, b) => Math.max(a, b), 1),
  };
}

function wholeFromOf({
  points,
  stepSeconds,
}: ObjectiveChart): number | undefined {
  const last = points.reduce((at, { partly }, i) => (partly ? i : at), -1);
  const first = points
    .slice(last + 1)
    .find(({ remaining }) => remaining !== undefined);
  return last < 0 || !first
    ? undefined
    : Date.parse(first.at) + stepSeconds * 1000;
}
