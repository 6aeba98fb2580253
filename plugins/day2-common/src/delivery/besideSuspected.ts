import type { DeliveryFigure } from './scoreboard';

/** How many of those counted rest on incidents that are only suspected; nothing where none does. */
export function besideSuspected(
  count: number,
  n: number,
  unit: string,
): DeliveryFigure['beside'] {
  return count === 0
    ? []
    : [{ name: 'suspected', figure: { value: count, unit, n } }];
}
