/**
 * Items that are joined, or kept apart, one pair after the other: what was said
 * first stands.
 */
export class Clusters {
  readonly #members: Set<number>[];
  readonly #apart: Set<number>[];
  readonly #labels: Set<string>[];

  private constructor(labels: readonly (string | undefined)[]) {
    this.#members = labels.map((_, at) => new Set([at]));
    this.#apart = labels.map(() => new Set<number>());
    this.#labels = labels.map(
      label => new Set(label === undefined ? [] : [label]),
    );
  }

  /** @param labels - of each item; clusters of different labels are not `alike` */
  static create(labels: readonly (string | undefined)[]): Clusters {
    return new Clusters(labels);
  }

  /** @returns whether the two are in one cluster now */
  join(a: number, b: number): boolean {
    const [into, from] = [this.#members[a], this.#members[b]];
    if (into === from) {
      return true;
    }
    if ([...from].some(each => this.#apart[a].has(each))) {
      return false;
    }
    const apart = new Set([...this.#apart[a], ...this.#apart[b]]);
    const labels = new Set([...this.#labels[a], ...this.#labels[b]]);
    for (const each of from) {
      into.add(each);
    }
    for (const each of into) {
      this.#members[each] = into;
      this.#apart[each] = apart;
      this.#labels[each] = labels;
    }
    return true;
  }

  /** @returns whether the two will never be in one cluster */
  keepApart(a: number, b: number): boolean {
    if (this.#members[a] === this.#members[b]) {
      return false;
    }
    for (const each of this.#members[b]) {
      this.#apart[a].add(each);
    }
    for (const each of this.#members[a]) {
      this.#apart[b].add(each);
    }
    return true;
  }

  /** One has no label that the other does not have. */
  alike(a: number, b: number): boolean {
    const [left, right] = [this.#labels[a], this.#labels[b]];
    return (
      [...left].every(each => right.has(each)) ||
      [...right].every(each => left.has(each))
    );
  }

  /** Items by cluster, both in ascending order. */
  all(): number[][] {
    return [...new Set(this.#members)]
      .map(members => [...members].sort((a, b) => a - b))
      .sort(([a], [b]) => a - b);
  }
}
