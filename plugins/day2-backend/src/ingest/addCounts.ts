/** Adds counts by name to others; `sign` -1 takes them away. Changes `to`. */
export function addCounts(
  to: Record<string, number>,
  more: Record<string, number>,
  sign: 1 | -1 = 1,
): Record<string, number> {
  for (const [name, n] of Object.entries(more)) {
    if (n !== 0) {
      to[name] = (to[name] ?? 0) + sign * n;
    }
  }
  return to;
}
