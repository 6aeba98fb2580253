import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { Breather, inTransaction } from '../database';
import type { EffectQueue } from '../effects/EffectQueue';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { workOnClaims } from '../derive/workOnClaims';
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
    await workOnClaims({
      claims,
      queue: this.#queue,
      failures: this.#options.failures,
      name: 'objective',
      nameOf: ({ subject_id }) => subject_id,
      work: some => this.#work(some),
    });
    return claims.length;
  }

  /** @returns those that must be derived again */
  async #work(claims: ObjectiveClaim[]): Promise<ObjectiveClaim[]> {
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
    const { changed, left } = await this.#store({ claims, rows, stored });
    if (changed.length > 0) {
      this.#options.onChange(
        await activeLinks(database)
          .whereIn('subject_id', changed)
          .distinct()
          .pluck('service_id'),
      );
    }
    return left;
  }

  /** @returns the subjects whose objectives are other than before, and what is left */
  async #store(options: {
    claims: ObjectiveClaim[];
    rows: ObjectiveRow[];
    stored: ObjectiveRow[];
  }): Promise<{ changed: string[]; left: ObjectiveClaim[] }> {
    const { claims } = options;
    return await inTransaction(this.#options.database, async transaction => {
      const done = await this.#queue.finishAll(transaction, claims);
      const subjects = new Set(done.map(({ key }) => key.subject_id));
      const mine = <T extends { subject_id: string }>(all: T[]) =>
        all.filter(({ subject_id }) => subjects.has(subject_id));
      return {
        changed: await writeObjectives({
          ...this.#options,
          transaction,
          rows: mine(options.rows),
          stored: mine(options.stored),
          now: this.#options.now(),
        }),
        left: claims.filter(({ key }) => !subjects.has(key.subject_id)),
      };
    });
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
