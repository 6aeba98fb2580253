interface Event {
  at: number;
  key: string;
  order: number;
  run: () => void;
}

/**
 * What is still to happen, earliest first. Events of one instant run in the
 * order of their keys, so that it does not matter when each was planned.
 */
export class EventQueue {
  readonly #heap: Event[] = [];
  #added = 0;

  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  add(event: { at: number; key: string; run: () => void }): void {
    const heap = this.#heap;
    let at = heap.push({ ...event, order: this.#added++ }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compare(heap[parent], heap[at]) <= 0) {
        break;
      }
      [heap[parent], heap[at]] = [heap[at], heap[parent]];
      at = parent;
    }
  }

  /** Takes out the earliest. */
  take(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || first === last) {
      return first;
    }
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < heap.length && compare(heap[left], heap[least]) < 0) {
        least = left;
      }
      if (right < heap.length && compare(heap[right], heap[least]) < 0) {
        least = right;
      }
      if (least === at) {
        return first;
      }
      [heap[at], heap[least]] = [heap[least], heap[at]];
      at = least;
    }
  }
}

function compare(a: Event, b: Event): number {
  if (a.at !== b.at) {
    return a.at - b.at;
  }
  if (a.key !== b.key) {
    return a.key < b.key ? -1 : 1;
  }
  return a.order - b.order;
}
