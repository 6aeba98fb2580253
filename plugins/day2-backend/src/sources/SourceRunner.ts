import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { DeriveWorker } from '../derive/DeriveWorker';
import type { IngestService } from '../ingest/IngestService';
import type { WantedMeasurements } from '../objectives/WantedMeasurements';
import { SliceRunner } from './SliceRunner';
import type { SourceLeases } from './SourceLeases';
import type { SourceStore } from './SourceStore';

const TICK_MS = 1000;
const LEASE_MS = 15_000;
const SLICE_MS = 30_000;
// A slice is cut between batches. What takes long before its first batch, as a
// first clone does, would otherwise be cut for ever.
const FIRST_BATCH_MS = 10 * 60_000;
const PARALLEL = 4;

interface Run {
  abort: AbortController;
  done: Promise<void>;
}

/** Runs sources when they are due: one replica each, in slices, under a lease. */
export class SourceRunner {
  readonly #sources: Map<string, Source>;
  readonly #store: SourceStore;
  readonly #leases: SourceLeases;
  readonly #slices: SliceRunner;
  readonly #deriveWorker: DeriveWorker;
  readonly #logger: LoggerService;
  readonly #tickMs: number;
  readonly #runs = new Map<string, Run>();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;

  private constructor(options: SourceRunnerOptions) {
    this.#sources = new Map(options.sources.map(each => [each.id, each]));
    this.#store = options.sourceStore;
    this.#deriveWorker = options.deriveWorker;
    this.#logger = options.logger;
    this.#tickMs = options.tickMs ?? TICK_MS;
    const { now = Date.now, leaseMs = LEASE_MS } = options;
    this.#leases = options.sourceStore.leases({
      holder: options.holder,
      now,
      leaseMs,
    });
    this.#slices = SliceRunner.create({
      ...options,
      leases: this.#leases,
      now,
      leaseMs,
      sliceMs: options.sliceMs ?? SLICE_MS,
      firstBatchMs: options.firstBatchMs ?? FIRST_BATCH_MS,
    });
  }

  static create(options: SourceRunnerOptions): SourceRunner {
    return new SourceRunner(options);
  }

  /** Looks every second for sources that are due. */
  async start(): Promise<void> {
    await this.#leases.register([...this.#sources.keys()]);
    const again = () => {
      if (!this.#stopped) {
        this.#timer = setTimeout(async () => {
          await this.tick();
          again();
        }, this.#tickMs);
      }
    };
    await this.tick();
    again();
  }

  /** Ends every run and gives the leases back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    for (const run of this.#runs.values()) {
      run.abort.abort(new Error('The portal stops'));
    }
    await Promise.all([...this.#runs.values()].map(run => run.done));
  }

  /**
   * Runs a source now, here or at the replica that is quickest.
   *
   * @throws ConflictError when it is paused
   */
  async runNow(id: string): Promise<void> {
    await this.#store.makeDue({ id });
    await this.tick();
  }

  /** Begins what is due, as far as there is room. */
  async tick(): Promise<void> {
    this.#ticking = this.#ticking.then(async () => {
      try {
        await this.#begin();
      } catch (error) {
        this.#logger.warn('Sources could not be looked up', {
          error: String(error),
        });
      }
    });
    await this.#ticking;
  }

  /** Resolves when no run is in progress here. */
  async settled(): Promise<void> {
    await this.#ticking;
    await Promise.all([...this.#runs.values()].map(run => run.done));
  }

  async #begin(): Promise<void> {
    if (this.#stopped || this.#runs.size >= PARALLEL) {
      return;
    }
    for (const id of await this.#leases.due()) {
      const source = this.#sources.get(id);
      if (!source || this.#runs.has(id)) {
        continue;
      }
      if (this.#stopped || this.#runs.size >= PARALLEL) {
        return;
      }
      const lease = await this.#leases.acquire(id);
      if (lease) {
        const abort = new AbortController();
        const done = this.#slices.run({ source, lease, abort }).finally(() => {
          this.#runs.delete(id);
          this.#deriveWorker.wake();
        });
        this.#runs.set(id, { abort, done });
      }
    }
  }
}

/** What a runner needs. */
export interface SourceRunnerOptions {
  sources: Source[];
  sourceStore: SourceStore;
  ingest: IngestService;
  deriveWorker: DeriveWorker;
  /** What sources that measure are asked for. */
  wanted?: WantedMeasurements;
  logger: LoggerService;
  /** Names this replica on the Sources page. */
  holder: string;
  now?: () => number;
  /** 30 s by default. */
  sliceMs?: number;
  /** How long the first batch of a run may take; 10 minutes by default. */
  firstBatchMs?: number;
  /** 15 s by default. */
  leaseMs?: number;
  /** How often it looks for what is due; 1 s by default. */
  tickMs?: number;
}
