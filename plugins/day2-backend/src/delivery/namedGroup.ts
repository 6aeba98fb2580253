/** A group with at least one service that the caller may see. */
export interface NamedGroup {
  /** Entity ref, lower case. */
  ref?: string;
  title: string;
}

/** By title whatever its case, then by ref: the order of pages. */
export function byTitle(a: NamedGroup, b: NamedGroup): number {
  const [left, right] = [a, b].map(
    ({ title, ref }) => [title.toLocaleLowerCase('en-US'), ref ?? ''] as const,
  );
  for (const at of [0, 1]) {
    if (left[at] !== right[at]) {
      return left[at] < right[at] ? -1 : 1;
    }
  }
  return 0;
}

/** The name in an entity ref. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
