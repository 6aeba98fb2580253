import { posix } from 'node:path';
import type { FileChange } from '../git/readCommits';
import { findPlace, type PlacePattern } from './place';

/** The files a commit removed, found by what they may have become. */
export class Removals {
  readonly #places: PlacePattern[];
  readonly #changes: FileChange[];
  readonly #paired = new Set<number>();
  /** Positions of those of one content, and of those of one place. */
  readonly #byContent = new Map<string, number[]>();
  readonly #byPlace = new Map<string, number[]>();

  private constructor(changes: FileChange[], places: PlacePattern[]) {
    this.#places = places;
    this.#changes = changes;
  }

  static of(changes: FileChange[], places: PlacePattern[]): Removals {
    const removals = new Removals(
      changes.filter(change => !change.newSha),
      places,
    );
    // From the last to the first, so that the first is at the end of its list.
    for (let n = removals.#changes.length - 1; n >= 0; n--) {
      const change = removals.#changes[n];
      add(removals.#byContent, change.oldSha ?? '', n);
      add(removals.#byPlace, removals.#placeOf(change), n);
    }
    return removals;
  }

  /** The first that may be the same file elsewhere: of the same content, or of the same name for the same application. */
  takeFormer(change: FileChange): FileChange | undefined {
    if (this.#changes.length === 0) {
      return undefined;
    }
    const first = Math.min(
      this.#first(this.#byContent.get(change.newSha ?? '')),
      this.#first(this.#byPlace.get(this.#placeOf(change))),
    );
    this.#paired.add(first);
    return this.#changes[first];
  }

  /** Those that became nothing. */
  rest(): FileChange[] {
    return this.#changes.filter((_, n) => !this.#paired.has(n));
  }

  #first(positions: number[] | undefined): number {
    while (positions?.length) {
      const last = positions[positions.length - 1];
      if (!this.#paired.has(last)) {
        return last;
      }
      positions.pop();
    }
    return Infinity;
  }

  #placeOf({ path }: FileChange): string {
    const place = findPlace(path, this.#places);
    return JSON.stringify([
      posix.basename(path),
      place.application ?? null,
      place.environment ?? null,
      place.target ?? null,
    ]);
  }
}

function add(map: Map<string, number[]>, key: string, position: number): void {
  const positions = map.get(key);
  if (positions) {
    positions.push(position);
  } else {
    map.set(key, [position]);
  }
}
