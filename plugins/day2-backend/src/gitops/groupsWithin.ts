/** A group and all below it, however they are nested; refs in lower case. */
export function groupsWithin(
  ref: string,
  parents: ReadonlyMap<string, readonly string[]>,
): string[] {
  const children = new Map<string, string[]>();
  for (const [child, above] of parents) {
    for (const parent of above) {
      children.set(parent, [...(children.get(parent) ?? []), child]);
    }
  }
  const found = new Set([ref.toLocaleLowerCase('en-US')]);
  for (const group of found) {
    children.get(group)?.forEach(child => found.add(child));
  }
  return [...found];
}
