import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { Breather, inTransaction } from '../database';
import type { EffectQueue } from '../effects/EffectQueue';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { activeLinks } from '../subjects/activeLinks';
import { placeOfObjective } from './deriveObjective';
import { deriveObjectives } from './deriveObjectives';
import { markRemeasured, markUnmeasured } from './dirtyObjectives';
import { measuringSources } from './measuringSource';
import type { ObjectiveRow } from './objectiveRecord';
import { objectiveStore } from './objectiveStore';
import { purgeOld } from './purgeOld';
import { purgeUnused } from './seriesUse';
import { slotStore } from './slotStore';
import { writeObjectives } from './writeObjectives';

const SUBJECTS_PER_CHUNK = 20;
const TIDY_MS = 3_600_000;

type ObjectiveClaim = Claim<{ subject_id: string }>;

/** Derives objectives from their files and the slots that were measured. */
export class ObjectiveWorker {
  readonly #options: ObjectiveWorkerOptions;
  readonly #queue: WorkQueue<{ subject_id: string }>;
  readonly #breather = Breather.create();
  #remeasured = false;
  #tidiedAt = -Infinity;

  private constructor(options: ObjectiveWorkerOptions) {
    this.#options = options;
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_objective',
      columns: ['subject_id'],
    });
  }

  static create(options: ObjectiveWorkerOptions): ObjectiveWorker {
    return new ObjectiveWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many subjects were worked on; 0 where there is nothing to do */
  async runChunk(): Promise<number> {
    const { database } = this.#options;
    const now = this.#options.now();
    if (!this.#remeasured) {
      await markRemeasured({ database, sources: this.#sources(), now });
      this.#remeasured = true;
    }
    const claims = await this.#queue.claim(SUBJECTS_PER_CHUNK);
    if (claims.length === 0) {
      if (now - this.#tidiedAt >= TIDY_MS) {
        this.#tidiedAt = now;
        const { keepDays } = this.#options;
        await purgeUnused({ database, now });
        await purgeOld({ database, keepDays, breather: this.#breather, now });
        await markUnmeasured({ database, sources: this.#sources(), now });
      }
      return 0;
    }
    try {
      await this.#work(claims);
    } catch (error) {
      await this.#oneByOne(claims, error);
    }
    return claims.length;
  }

  /** Finds those that cannot be done, so that they keep none of the others. */
  async #oneByOne(claims: ObjectiveClaim[], whole: unknown): Promise<void> {
    for (const claim of claims) {
      try {
        if (claims.length === 1) {
          throw whole;
        }
        await this.#work([claim]);
      } catch (error) {
        const until = await this.#options.failures.note({
          queue: 'objective',
          key: claim.key.subject_id,
          error,
        });
        await this.#queue.postpone(claim, until);
      }
    }
  }

  async #work(claims: ObjectiveClaim[]): Promise<void> {
    const { database } = this.#options;
    const ids = claims.map(({ key }) => key.subject_id);
    const sources = this.#sources();
    const observed = await objectiveStore.observed(database, ids);
    const stored = await objectiveStore.stored(database, ids);
    const before = new Map(stored.map(row => [row.id, row]));
    const places = observed.map(each => placeOfObjective(each, sources));
    const known = await slotStore.knowledge(
      database,
      places.flatMap(({ series_id }) => series_id ?? []),
    );
    const rows = await deriveObjectives({
      database,
      objectives: observed.map((each, at) => ({
        observed: each,
        place: places[at],
        knowledge: known.get(places[at].series_id ?? ''),
        before: before.get(places[at].id),
      })),
      breather: this.#breather,
    });
    const changed = await this.#store({ claims, rows, stored });
    await this.#options.failures.clear('objective', ids);
    if (changed.length > 0) {
      this.#options.onChange(
        await activeLinks(database)
          .whereIn('subject_id', changed)
          .distinct()
          .pluck('service_id'),
      );
    }
  }

  /** @returns the subjects whose objectives are other than before */
  async #store(options: {
    claims: ObjectiveClaim[];
    rows: ObjectiveRow[];
    stored: ObjectiveRow[];
  }): Promise<string[]> {
    const now = this.#options.now();
    let changed: string[] = [];
    const left = await inTransaction(
      this.#options.database,
      async transaction => {
        const done = await this.#queue.finishAll(transaction, options.claims);
        const subjects = new Set(done.map(({ key }) => key.subject_id));
        const mine = <T extends { subject_id: string }>(all: T[]) =>
          all.filter(({ subject_id }) => subjects.has(subject_id));
        changed = await writeObjectives({
          ...this.#options,
          transaction,
          rows: mine(options.rows),
          stored: mine(options.stored),
          now,
        });
        return options.claims.filter(
          ({ key }) => !subjects.has(key.subject_id),
        );
      },
    );
    for (const claim of left) {
      await this.#queue.release(claim);
    }
    return changed;
  }

  #sources() {
    return measuringSources(this.#options.sources());
  }
}

/** What the worker needs. */
export interface ObjectiveWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  /** Every configured source. */
  sources: () => Source[];
  /** Called with the ids of services whose objectives are other than before. */
  onChange: (serviceIds: Iterable<string>) => void;
  effects?: EffectQueue;
  /** Days for which slots, and changes of state, are kept. */
  keepDays: number;
  now: () => number;
  claimMs: number;
}
