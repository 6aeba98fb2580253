import type { Observation } from '../sources/observations';
import type { SourceBatch } from '../sources/Source';

/** @public */
export type KeyedObservation = Exclude<Observation, { kind: 'withdrawn' }>;

/**
 * What a source's batches leave behind, by the hub's rules and nothing else: a
 * newer version of a key replaces, an older is ignored, the same one replaces
 * only if it differs; a withdrawal removes what has its prefix; a completed
 * pass removes what it did not name (of its kinds), unless that is more than 30 %.
 *
 * @public
 */
export class ObservationLedger {
  readonly #stored = new Map<string, KeyedObservation>();
  readonly #named = new Set<string>();
  /** Kinds of all that stood as the pass began. */
  #known: string[] = [];
  #passId: string | undefined;
  #writes = 0;
  #rejected = 0;
  #refusedSweeps = 0;
  readonly #skipped: Record<string, number> = {};

  private constructor() {}

  static create(): ObservationLedger {
    return new ObservationLedger();
  }

  /** Of all batches so far: rows written, items rejected, sweeps refused. */
  get totals(): { writes: number; rejected: number; refusedSweeps: number } {
    return {
      writes: this.#writes,
      rejected: this.#rejected,
      refusedSweeps: this.#refusedSweeps,
    };
  }

  /** Items left out by rule, by reason. */
  get skipped(): Record<string, number> {
    return { ...this.#skipped };
  }

  /** Everything that stands, by key. */
  get observations(): KeyedObservation[] {
    return [...this.#stored.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** The same as text, for comparing ledgers. */
  fingerprint(): string {
    return this.observations.map(canonical).join('\n');
  }

  apply(batch: SourceBatch): void {
    if (batch.pass && batch.pass.id !== this.#passId) {
      this.#passId = batch.pass.id;
      this.#known = [...this.#stored.values()].map(({ kind }) => kind);
      this.#named.clear();
    }
    for (const key of batch.pass?.standing ?? []) {
      this.#named.add(key);
    }
    for (const observation of batch.observations) {
      this.#applyOne(observation);
    }
    this.#rejected += batch.rejected?.length ?? 0;
    for (const [reason, count] of Object.entries(batch.skipped ?? {})) {
      this.#skipped[reason] = (this.#skipped[reason] ?? 0) + count;
    }
    if (batch.pass?.complete) {
      this.#sweep(batch.pass.kinds);
      this.#passId = undefined;
    }
  }

  #applyOne(observation: Observation): void {
    if (observation.kind === 'withdrawn') {
      for (const key of this.#stored.keys()) {
        if (
          key === observation.keyPrefix ||
          key.startsWith(`${observation.keyPrefix}:`)
        ) {
          this.#stored.delete(key);
          this.#writes += 1;
        }
      }
      return;
    }
    this.#named.add(observation.key);
    const former = this.#stored.get(observation.key);
    if (
      former &&
      (observation.version < former.version ||
        canonical(former) === canonical(observation))
    ) {
      return;
    }
    this.#stored.set(observation.key, observation);
    this.#writes += 1;
  }

  #sweep(kinds: string[] | undefined): void {
    const isMeant = (kind: string) => kinds?.includes(kind) ?? true;
    const vanished = [...this.#stored.values()]
      .filter(({ key, kind }) => isMeant(kind) && !this.#named.has(key))
      .map(({ key }) => key);
    if (vanished.length > this.#known.filter(isMeant).length * 0.3) {
      this.#refusedSweeps += 1;
      return;
    }
    for (const key of vanished) {
      this.#stored.delete(key);
      this.#writes += 1;
    }
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item)
            .filter(([, entry]) => entry !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
