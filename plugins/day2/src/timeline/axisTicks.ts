/**
 * The ticks of a time axis, none nearer than `gap` pixels to another: where a
 * month or year begins, d3 sets a tick of its own beside those of the days,
 * and their labels would lie over one another. The boundary wins.
 *
 * @param ticks - in order
 */
export function axisTicks(options: {
  ticks: Date[];
  x: (at: Date) => number;
  gap: number;
}): Date[] {
  const { gap, ticks, x } = options;
  const kept: Date[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || x(tick) - x(last) >= gap) {
      kept.push(tick);
    } else if (weight(tick) > weight(last)) {
      kept[kept.length - 1] = tick;
    }
  }
  return kept;
}

/** How large the unit is that begins at an instant of the reader's clock. */
function weight(at: Date): number {
  const parts = [
    at.getSeconds(),
    at.getMinutes(),
    at.getHours(),
    at.getDate() - 1,
    at.getMonth(),
  ];
  const first = parts.findIndex(part => part !== 0);
  return first < 0 ? parts.length : first;
}
