import type { IncidentReference } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  chunksOf,
  hashOf,
  inTransaction,
  readState,
  writeState,
} from '../database';
import type { EffectQueue } from '../effects/EffectQueue';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { markAllIncidents } from './dirtyIncidents';
import {
  IncidentDeriver,
  type DerivesSuspects,
  type IncidentSettings,
} from './IncidentDeriver';
import { incidentIdOf } from './incidentRows';
import { TooManyReferencesError } from './Neighbourhood';

// As much as takes SQLite some 50 ms.
const REFERENCES_PER_CHUNK = 50;
const STATE = 'incident-rules';

type ReferenceKey = { source: string; key: string };

/** Derives the incidents of references that are marked, a chunk at a time. */
export class IncidentWorker {
  readonly #options: IncidentWorkerOptions;
  readonly #queue: WorkQueue<ReferenceKey>;
  readonly #deriver: IncidentDeriver;
  #configured = false;

  private constructor(options: IncidentWorkerOptions) {
    this.#options = options;
    this.#deriver = IncidentDeriver.create(options);
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_incident',
      columns: ['source', 'key'],
    });
  }

  static create(options: IncidentWorkerOptions): IncidentWorker {
    return new IncidentWorker(options);
  }

  /** As the worker derives them: for what people say. */
  get deriver(): IncidentDeriver {
    return this.#deriver;
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many references were worked on; 0 where none is free */
  async runChunk(): Promise<number> {
    await this.#markReconfigured();
    const claims = await this.#queue.claim(REFERENCES_PER_CHUNK);
    if (claims.length === 0) {
      return 0;
    }
    let more: Claim<ReferenceKey>[] = [];
    try {
      more = await this.#moreTogether(claims);
      await this.#work([...claims, ...more]);
    } catch (error) {
      for (const claim of more) {
        await this.#queue.release(claim);
      }
      await this.#oneByOne(claims, error);
      return claims.length;
    }
    return claims.length + more.length;
  }

  /**
   * Of a storm all that waits is claimed: it is derived with these, and would
   * be derived again for every chunk of it.
   */
  async #moreTogether(
    claims: Claim<ReferenceKey>[],
  ): Promise<Claim<ReferenceKey>[]> {
    if (claims.length < REFERENCES_PER_CHUNK) {
      return [];
    }
    const keys = claims.map(({ key }) => key);
    const mine = new Set(keys.map(incidentIdOf));
    const all = await this.#deriver.together(this.#options.database, keys);
    return await this.#queue.claimThose(
      all.filter(each => !mine.has(incidentIdOf(each))),
    );
  }

  /** Finds those that cannot be done, so that they keep none of the others. */
  async #oneByOne(
    claims: Claim<ReferenceKey>[],
    whole: unknown,
  ): Promise<void> {
    const refused = new Set<string>();
    for (const claim of claims) {
      if (refused.has(incidentIdOf(claim.key))) {
        continue;
      }
      try {
        if (claims.length === 1) {
          throw whole;
        }
        await this.#work([claim]);
      } catch (error) {
        const until = await this.#options.failures.note({
          queue: 'incident',
          key: incidentIdOf(claim.key),
          error,
        });
        await this.#queue.postpone(claim, until);
        if (error instanceof TooManyReferencesError) {
          await postponeAll(this.#options.database, error.references, until);
          error.references.forEach(each => refused.add(incidentIdOf(each)));
        }
      }
    }
  }

  async #work(claims: Claim<ReferenceKey>[]): Promise<void> {
    const { database, failures } = this.#options;
    const { derived, left } = await inTransaction(
      database,
      async transaction => {
        const done = await this.#deriver.derive(
          transaction,
          claims.map(({ key }) => key),
        );
        // What was marked again meanwhile is derived again: it is as of now.
        const finished = new Set(
          await this.#queue.finishAll(transaction, claims),
        );
        return {
          derived: done,
          left: claims.filter(claim => !finished.has(claim)),
        };
      },
    );
    for (const claim of left) {
      await this.#queue.release(claim);
    }
    await failures.clear(
      'incident',
      claims.map(({ key }) => incidentIdOf(key)),
    );
    this.#options.onChange(derived.serviceIds);
  }

  /** Marks all where incidents are derived by other rules than they were. */
  async #markReconfigured(): Promise<void> {
    const { database, rulesVersion, now } = this.#options;
    if (this.#configured) {
      return;
    }
    const rules = hashOf(rulesVersion ?? {});
    if ((await readState(database, STATE)) !== rules) {
      await markAllIncidents(database, now());
      await writeState(database, STATE, rules);
    }
    this.#configured = true;
  }
}

/** None of those that hang together can be done: they are not tried one by one. */
async function postponeAll(
  database: Knex,
  references: IncidentReference[],
  until: number,
): Promise<void> {
  for (const chunk of chunksOf(references)) {
    await database('dirty_incident')
      .whereIn(
        ['source', 'key'],
        chunk.map(({ source, key }) => [source, key]),
      )
      .update({ claimed_by: null, claimed_until: until });
  }
}

/** What the worker needs. */
export interface IncidentWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  rules?: IncidentSettings;
  /** Tells one set of rules from another: what is configured. */
  rulesVersion?: unknown;
  /** As in `NeighbourhoodOptions`. */
  maxReferences?: number;
  suspects?: DerivesSuspects;
  effects?: EffectQueue;
  now: () => number;
  claimMs: number;
  onChange: (serviceIds: Iterable<string>) => void;
}
