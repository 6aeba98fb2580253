import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { Breather, inTransaction } from '../database';
import type { EffectQueue } from '../effects/EffectQueue';
import { queueObjectiveEffects } from '../effects/queueObjectiveEffects';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { activeLinks } from '../subjects/activeLinks';
import {
  deriveObjective,
  figuresAtLastSlot,
  placeOfObjective,
  type ObjectivePlace,
  type ObservedObjective,
} from './deriveObjective';
import { markRemeasured, markUnmeasured } from './dirtyObjectives';
import { measuringSources } from './measuringSource';
import type { KeptFigures, ObjectiveRow } from './objectiveRecord';
import { objectiveStore } from './objectiveStore';
import { noteUse, purgeUnused } from './seriesUse';
import { slotStore, type SeriesKnowledge } from './slotStore';
import { stillKnown } from './stillKnown';
import { transitionOf } from './transitionOf';
import { wantedUpTo } from './wantedRange';

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
        await purgeUnused({ database, now });
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
    const rows: ObjectiveRow[] = [];
    for (const [at, each] of observed.entries()) {
      const place = places[at];
      const row = await this.#derive({
        observed: each,
        place,
        knowledge: known.get(place.series_id ?? ''),
        before: before.get(place.id),
      });
      rows.push(row);
      await this.#breather.breathe();
    }
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

  async #derive(options: {
    observed: ObservedObjective;
    place: ObjectivePlace;
    knowledge?: SeriesKnowledge;
    before?: ObjectiveRow;
  }): Promise<ObjectiveRow> {
    const { observed, place } = options;
    const { objective } = observed.definition;
    const before =
      options.before?.series_id === place.series_id
        ? options.before
        : undefined;
    const knowledge = stillKnown(options.knowledge, before);
    const newest = knowledge?.ranges.at(-1);
    if (!objective || !knowledge || !newest || !place.series_id) {
      return deriveObjective({ observed, place });
    }
    const kept: KeptFigures | undefined = before?.figures
      ? JSON.parse(before.figures)
      : undefined;
    const plain = deriveObjective({ observed, place });
    const isSame = before?.record === plain.record;
    if (before && kept && isSame && kept.version === knowledge.version) {
      return deriveObjective({
        observed,
        place,
        figures: { kept, knownTo: newest.to },
        settled: before.settled ?? undefined,
      });
    }
    const { period } = objective;
    const slots = await slotStore.slots(this.#options.database, {
      ...wantedUpTo({ period, to: newest.to }),
      seriesIds: [place.series_id],
    });
    const figures = figuresAtLastSlot({
      objective,
      knowledge,
      slots: slots.get(place.series_id)!,
      // What another target made of it is no state of this one.
      before: isSame ? kept : undefined,
    });
    return deriveObjective({
      observed,
      place,
      figures,
      settled: isSame ? before?.settled ?? undefined : undefined,
    });
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
        const rows = mine(options.rows);
        const before = new Map(mine(options.stored).map(row => [row.id, row]));
        const kept = new Set(rows.map(({ id }) => id));
        const gone = [...before.values()].filter(({ id }) => !kept.has(id));
        const others = rows.filter(
          ({ id, hash }) => before.get(id)?.hash !== hash,
        );
        const transitions = others.flatMap(row =>
          transitionOf({ before: before.get(row.id), row }),
        );
        await objectiveStore.write(transaction, {
          rows: others,
          goneIds: gone.map(({ id }) => id),
          transitions,
        });
        await queueObjectiveEffects({
          ...this.#options,
          transaction,
          transitions,
          rows: others,
        });
        await noteUse({
          transaction,
          used: others,
          left: [...gone, ...others].flatMap(
            ({ id }) => before.get(id)?.series_id ?? [],
          ),
          now,
        });
        changed = [...gone, ...others].map(({ subject_id }) => subject_id);
        return options.claims.filter(
          ({ key }) => !subjects.has(key.subject_id),
        );
      },
    );
    for (const claim of left) {
      await this.#queue.release(claim);
    }
    return [...new Set(changed)];
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
  now: () => number;
  claimMs: number;
}
