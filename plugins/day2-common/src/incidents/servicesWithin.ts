/**
 * The services that one depends on, with how many steps away they are, itself
 * (0) included.
 *
 * @param options - `of`: what is hit; of several the nearest counts; `hops`: 2 by default
 *
 * @public
 */
export function servicesWithin(options: {
  of: readonly string[];
  dependsOn: ReadonlyMap<string, readonly string[]>;
  hops?: number;
}): Map<string, number> {
  const { dependsOn, hops = 2 } = options;
  const found = new Map(options.of.map(each => [each, 0]));
  // A map that grows while it is walked is walked to its end, nearest first.
  for (const [service, steps] of found) {
    for (const next of steps < hops ? dependsOn.get(service) ?? [] : []) {
      if (!found.has(next)) {
        found.set(next, steps + 1);
      }
    }
  }
  return found;
}
