import {
  DeliveryMetric,
  ScoreboardGrouping,
} from '@day2/backstage-plugin-day2-common';
import { readOpen } from '../url';

/** Which figure of whom: what the address of an open drawer names. */
export interface FigureRef {
  metric: DeliveryMetric;
  grouping: ScoreboardGrouping;
  /** Absent: of the organisation. */
  ref?: string;
}

/** `changeFailRate:team:group:default/payments`. */
export function figureId({ metric, grouping, ref }: FigureRef): string {
  return [metric, grouping, ref].filter(Boolean).join(':');
}

/** What opens a figure in the address; whom its roles are shown of starts anew. */
export function openFigure(figure: FigureRef) {
  return { open: `figure:${figureId(figure)}`, role: undefined };
}

/** The figure whose drawer is open, if the address names one. */
export function readFigure(query: URLSearchParams): FigureRef | undefined {
  const open = readOpen(query.get('open') ?? '');
  const match =
    open?.kind === 'figure' && /^(\w+):(\w+)(?::(.+))?$/.exec(open.id);
  if (!match) {
    return undefined;
  }
  const metric = DeliveryMetric.safeParse(match[1]);
  const grouping = ScoreboardGrouping.safeParse(match[2]);
  const ref: string | undefined = match[3];
  return metric.success &&
    grouping.success &&
    (ref === undefined) === (grouping.data === 'organisation')
    ? { metric: metric.data, grouping: grouping.data, ref }
    : undefined;
}
