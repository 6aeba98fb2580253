import {
  compareReferences,
  mayBeOne,
  type GroupingDecision,
  type IncidentReference,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Range } from '../http/range';
import { incidentIdOf, type StoredReference } from './incidentRows';
import { ObservedReferences } from './ObservedReferences';
import { countingWords, saidStore } from './saidStore';

/** What one derivation takes at most; more hang together only by mistake. */
const MAX_REFERENCES = 5_000;

/** Too many to be derived at once. */
export class TooManyReferencesError extends Error {
  readonly references: IncidentReference[];

  constructor(references: IncidentReference[]) {
    const [{ source, key }] = references;
    super(
      `Over ${
        references.length - 1
      } alerts and incidents hang together around ${key} of ${source}: alerts that fire for days chain up; narrow what is linked to the service`,
    );
    this.name = 'TooManyReferencesError';
    this.references = references;
  }
}

/**
 * References and all that may be of one incident with them, by themselves or by
 * a person's word, and all that may be with those: nothing outside has a part
 * in what incidents they make.
 */
export class Neighbourhood {
  readonly #transaction: Knex;
  readonly #observed: ObservedReferences;
  readonly #graceMs: number;
  readonly #withinMs: number;
  readonly #maxReferences: number;
  readonly #known = new Map<string, StoredReference>();
  readonly #asked = new Set<string>();

  private constructor(options: NeighbourhoodOptions) {
    this.#transaction = options.transaction;
    this.#observed = ObservedReferences.create(options);
    this.#graceMs = options.graceMs;
    this.#withinMs = options.withinMs;
    this.#maxReferences = options.maxReferences ?? MAX_REFERENCES;
  }

  static create(options: NeighbourhoodOptions): Neighbourhood {
    return new Neighbourhood(options);
  }

  /** Those that stand. */
  get references(): StoredReference[] {
    return [...this.#known.values()];
  }

  /** Ids of all that were asked for, those that are withdrawn too. */
  get ids(): string[] {
    return [...this.#asked];
  }

  /** Takes references in, with all that hangs together with them. */
  async add(seeds: readonly IncidentReference[]): Promise<void> {
    let named: readonly IncidentReference[] = seeds;
    let frontier: StoredReference[] = [];
    do {
      const asked = named.filter(each => !this.#asked.has(incidentIdOf(each)));
      asked.forEach(each => this.#asked.add(incidentIdOf(each)));
      frontier.push(...(await this.#observed.byNames(asked)));
      frontier = frontier.filter(each => this.#take(each));
      named = await this.#saidOf([...asked, ...frontier]);
      frontier = await this.#near(frontier);
    } while (frontier.length > 0 || named.length > 0);
  }

  /** False where it is known. */
  #take(reference: StoredReference): boolean {
    const id = incidentIdOf(reference);
    if (this.#known.has(id)) {
      return false;
    }
    this.#known.set(id, reference);
    this.#asked.add(id);
    if (this.#known.size > this.#maxReferences) {
      throw new TooManyReferencesError(this.references);
    }
    return true;
  }

  /** Those that people put together with or apart from these. */
  async #saidOf(
    of: readonly IncidentReference[],
  ): Promise<IncidentReference[]> {
    const rows = await saidStore.counting(
      this.#transaction,
      of.map(incidentIdOf),
      { kind: 'grouping' },
    );
    const { decisions } = countingWords(rows);
    return decisions
      .flatMap(({ left, right }: GroupingDecision) => [...left, ...right])
      .filter(each => !this.#asked.has(incidentIdOf(each)));
  }

  /** Unknown ones that may be of one incident with one of these. */
  async #near(frontier: StoredReference[]): Promise<StoredReference[]> {
    const byService = new Map<string, StoredReference[]>();
    for (const each of frontier) {
      for (const service of each.services) {
        const known = byService.get(service) ?? [];
        known.push(each);
        byService.set(service, known);
      }
    }
    const found = new Map<string, StoredReference>();
    for (const { serviceIds, detected } of this.#windows(frontier)) {
      for (const each of await this.#observed.near({ serviceIds, detected })) {
        const id = incidentIdOf(each);
        if (
          !this.#known.has(id) &&
          each.services.some(service =>
            byService.get(service)?.some(other => this.#meet(each, other)),
          )
        ) {
          found.set(id, each);
        }
      }
    }
    return [...found.values()];
  }

  #meet(a: StoredReference, b: StoredReference): boolean {
    const [first, second] = [a, b].sort(compareReferences);
    const [graceMs, withinMs] = [this.#graceMs, this.#withinMs];
    return mayBeOne({ first, second, graceMs, withinMs });
  }

  /** Where neighbours may have opened: one window where several meet. */
  #windows(
    frontier: StoredReference[],
  ): { serviceIds: string[]; detected: Range }[] {
    const windows: { serviceIds: Set<string>; detected: Range }[] = [];
    for (const { services, detectedAt } of [...frontier].sort(
      compareReferences,
    )) {
      const from = detectedAt - this.#withinMs;
      const to = detectedAt + this.#withinMs;
      const last = windows.at(-1);
      if (last && from <= last.detected.to) {
        last.detected.to = to;
        services.forEach(each => last.serviceIds.add(each));
      } else if (services.length > 0) {
        windows.push({ serviceIds: new Set(services), detected: { from, to } });
      }
    }
    return windows.map(({ serviceIds, detected }) => ({
      serviceIds: [...serviceIds],
      detected,
    }));
  }
}

/** What it needs. */
export interface NeighbourhoodOptions {
  transaction: Knex;
  /** As in `IncidentRules`. */
  graceMs: number;
  withinMs: number;
  /** 5,000 by default. */
  maxReferences?: number;
}
