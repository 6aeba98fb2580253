/**
 * Items that are joined, or kept apart, one pair after the other: what was said
 * first stands. A union-find: tens of thousands of items take no time.
 */
export class Clusters {
  // Of each item one above it in its cluster; the root is above itself.
  readonly #above: number[];
  // Of roots alone: the items, the roots it is apart from, the labels.
  readonly #members: number[][];
  readonly #apart: Set<number>[];
  readonly #labels: Set<string>[];
  #severalLabels = false;

  private constructor(labels: readonly (string | undefined)[]) {
    this.#above = labels.map((_, at) => at);
    this.#members = labels.map((_, at) => [at]);
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
    const [left, right] = [this.#rootOf(a), this.#rootOf(b)];
    if (left === right) {
      return true;
    }
    if (this.#apart[left].has(right)) {
      return false;
    }
    const isLeftLarger =
      this.#members[left].length >= this.#members[right].length;
    const [into, from] = isLeftLarger ? [left, right] : [right, left];
    this.#above[from] = into;
    for (const each of this.#members[from]) {
      this.#members[into].push(each);
    }
    for (const other of this.#apart[from]) {
      this.#apart[other].delete(from);
      this.#apart[other].add(into);
      this.#apart[into].add(other);
    }
    this.#labels[from].forEach(label => this.#labels[into].add(label));
    this.#severalLabels ||= this.#labels[into].size > 1;
    this.#members[from] = [];
    this.#apart[from] = new Set();
    return true;
  }

  /** @returns whether the two will never be in one cluster */
  keepApart(a: number, b: number): boolean {
    const [left, right] = [this.#rootOf(a), this.#rootOf(b)];
    if (left === right) {
      return false;
    }
    this.#apart[left].add(right);
    this.#apart[right].add(left);
    return true;
  }

  /** One has no label that the other does not have. */
  alike(a: number, b: number): boolean {
    const left = this.#labels[this.#rootOf(a)];
    const right = this.#labels[this.#rootOf(b)];
    return (
      [...left].every(each => right.has(each)) ||
      [...right].every(each => left.has(each))
    );
  }

  /**
   * Nothing can come of the two any more: they are in one cluster, or apart for
   * ever, or of labels that no cluster has both of.
   */
  areSettled(a: number, b: number): boolean {
    const [left, right] = [this.#rootOf(a), this.#rootOf(b)];
    return (
      left === right ||
      this.#apart[left].has(right) ||
      // Clusters that have one label at most never get another by `alike`.
      (!this.#severalLabels && !this.alike(left, right))
    );
  }

  /** Items by cluster, both in ascending order. */
  all(): number[][] {
    return this.#members
      .filter(({ length }) => length > 0)
      .map(members => [...members].sort((a, b) => a - b))
      .sort(([a], [b]) => a - b);
  }

  #rootOf(item: number): number {
    let root = item;
    while (this.#above[root] !== root) {
      this.#above[root] = this.#above[this.#above[root]];
      root = this.#above[root];
    }
    return root;
  }
}
