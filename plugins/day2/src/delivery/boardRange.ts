import { DateTime } from 'luxon';
import { customRange, resolveRange, type RangeChoice } from '../time';

/** The ranges of the scoreboard: rolling, the calendar's last month, or fixed. */
export const boardPresets = ['7d', '30d', '90d', 'last-month'] as const;
export type BoardPreset = (typeof boardPresets)[number];

/** A range as chosen on the scoreboard. */
export type BoardRange = RangeChoice | { preset: 'last-month' };

export const defaultBoardRange: BoardRange = { preset: '30d' };

/** The half-open range `[from, to)` a choice stands for at an instant. */
export function resolveBoardRange(options: {
  choice: BoardRange;
  now: number;
  /** Whose months they are. */
  zone: string;
}): { from: string; to: string } {
  const { choice, now, zone } = options;
  if (choice.preset !== 'last-month') {
    return resolveRange({ choice, now });
  }
  const month = DateTime.fromMillis(now, { zone }).startOf('month');
  return {
    from: month.minus({ months: 1 }).toJSDate().toISOString(),
    to: month.toJSDate().toISOString(),
  };
}

/** The range that an address names; what is not understood is 30 days. */
export function readBoardRange(query: URLSearchParams): BoardRange {
  const word = query.get('range');
  if (word === 'custom') {
    return (
      customRange({
        from: query.get('from') ?? '',
        to: query.get('to') ?? '',
      }) ?? defaultBoardRange
    );
  }
  const preset = boardPresets.find(one => one === word);
  return preset ? { preset } : defaultBoardRange;
}

/** The range as an address holds it. */
export function writeBoardRange(
  range: BoardRange,
): Record<'range' | 'from' | 'to', string | undefined> {
  const custom = 'from' in range ? range : undefined;
  return {
    range: range.preset === defaultBoardRange.preset ? undefined : range.preset,
    from: custom?.from,
    to: custom?.to,
  };
}
