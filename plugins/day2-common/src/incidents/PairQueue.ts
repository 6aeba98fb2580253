/** Two items and how far they are from each other. */
export interface Pair {
  a: number;
  b: number;
  gap: number;
}

/** Pairs, the closest first, of equal ones that with the first items: a binary heap. */
export class PairQueue {
  readonly #heap: Pair[] = [];

  private constructor() {}

  static create(): PairQueue {
    return new PairQueue();
  }

  push(pair: Pair): void {
    const heap = this.#heap;
    let at = heap.push(pair) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(pair, heap[above])) {
        break;
      }
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = pair;
  }

  pop(): Pair | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) {
      return first;
    }
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < heap.length && isBefore(heap[below + 1], heap[below])) {
        below += 1;
      }
      if (below >= heap.length || !isBefore(heap[below], last)) {
        break;
      }
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(x: Pair, y: Pair): boolean {
  return (x.gap - y.gap || x.a - y.a || x.b - y.b) < 0;
}
