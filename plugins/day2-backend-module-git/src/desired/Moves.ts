import type { Unit } from './model';

const maxMoves = 5_000;

/**
 * Applications whose files moved, so that they keep the key they had at first.
 */
export class Moves {
  /** Key now → key at first. */
  readonly #first: Map<string, string>;
  /** How many go by each first key. */
  readonly #taken = new Map<string, number>();

  private constructor(first: Map<string, string>) {
    this.#first = first;
    for (const key of first.values()) {
      this.#count(key, 1);
    }
  }

  static create(options: { moves?: Record<string, string> }): Moves {
    return new Moves(new Map(Object.entries(options.moves ?? {})));
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this.#first);
  }

  /** The key an application goes by. */
  keyOf(key: string): string {
    const first = this.#first.get(key);
    if (first !== undefined) {
      return first;
    }
    // Something new where an application that moved has been.
    return this.#taken.has(key) ? `${key}~new` : key;
  }

  /**
   * An application that vanished here and appeared there, by what its path and
   * manifest call it, has moved.
   *
   * @returns what each of those that appeared was
   */
  find(before: Map<string, Unit>, after: Map<string, Unit>): Map<string, Unit> {
    const gone = new Map<string, Unit>();
    for (const [key, unit] of before) {
      if (!after.has(key)) {
        gone.set(identityOf(unit), unit);
      }
    }
    const moved = new Map<string, Unit>();
    for (const [key, unit] of after) {
      const former = before.has(key) ? undefined : gone.get(identityOf(unit));
      if (former) {
        gone.delete(identityOf(unit));
        moved.set(key, former);
        this.#note(former.key, key);
      }
    }
    return moved;
  }

  #note(from: string, to: string): void {
    const first = this.keyOf(from);
    this.#forget(from);
    if (first === to) {
      this.#forget(to);
    } else if (this.#first.size < maxMoves) {
      this.#forget(to);
      this.#first.set(to, first);
      this.#count(first, 1);
    }
  }

  #forget(key: string): void {
    const first = this.#first.get(key);
    if (first !== undefined) {
      this.#first.delete(key);
      this.#count(first, -1);
    }
  }

  #count(key: string, more: number): void {
    const count = (this.#taken.get(key) ?? 0) + more;
    if (count > 0) {
      this.#taken.set(key, count);
    } else {
      this.#taken.delete(key);
    }
  }
}

function identityOf(unit: Unit): string {
  const { kind, name } = unit.primary;
  return JSON.stringify([
    unit.application,
    unit.environment,
    unit.target,
    kind,
    name,
  ]);
}
