import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EnvironmentRule,
  IncidentRules,
} from '@day2/backstage-plugin-day2-common';
import type { Effect, Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { ChangeWorker } from '../changes/ChangeWorker';
import { CellWorker } from '../delivery/CellWorker';
import { SequenceWorker } from '../deployments/SequenceWorker';
import { EffectQueue } from '../effects/EffectQueue';
import { ApplicationWorker } from '../gitops/ApplicationWorker';
import { ObjectiveWorker } from '../objectives/ObjectiveWorker';
import type {
  DerivesSuspects,
  IncidentDeriver,
} from '../incidents/IncidentDeriver';
import { IncidentWorker } from '../incidents/IncidentWorker';
import { MatchingJob } from '../subjects/MatchingJob';
import { IncidentSuspects } from '../suspects/IncidentSuspects';
import { SuspectDeriver } from '../suspects/SuspectDeriver';
import { SuspectWorker } from '../suspects/SuspectWorker';
import { DEFINITIONS } from './definitions';
import { DeriveFailures } from './DeriveFailures';
import { remapEnvironments } from './remapEnvironments';

const EVERY_MS = 10_000;
const CLAIM_MS = 30_000;

/** What was done in one go. */
export interface DerivedWork {
  sequences: number;
  subjects: number;
  changes: number;
  applications: number;
  incidents: number;
  objectives: number;
}

/**
 * Makes records of what sources said: matches subjects, derives sequences and
 * changes. What is due is kept in the database; replicas share it, and a crash
 * loses nothing.
 */
export class DeriveWorker {
  readonly #options: Required<DeriveWorkerOptions>;
  readonly #failures: DeriveFailures;
  readonly #matching: MatchingJob;
  readonly #applications: ApplicationWorker;
  readonly #sequences: SequenceWorker;
  readonly #changes: ChangeWorker;
  readonly #cells: CellWorker;
  readonly #incidents: IncidentWorker;
  readonly #suspects: SuspectWorker;
  readonly #objectives: ObjectiveWorker;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<DerivedWork> | undefined;
  #next: Promise<DerivedWork> | undefined;
  #remapped = false;

  private constructor(options: DeriveWorkerOptions) {
    this.#options = {
      ...options,
      now: options.now ?? Date.now,
      claimMs: options.claimMs ?? CLAIM_MS,
      definitions: options.definitions ?? DEFINITIONS,
      sources: options.sources ?? (() => []),
      onChange: options.onChange ?? (() => {}),
      incidents: options.incidents ?? {},
      effects: options.effects ?? (() => []),
    };
    this.#failures = DeriveFailures.create(this.#options);
    const work = {
      ...this.#options,
      failures: this.#failures,
      effects: EffectQueue.create(this.#options),
    };
    this.#matching = MatchingJob.create(work);
    this.#applications = ApplicationWorker.create(work);
    this.#sequences = SequenceWorker.create(work);
    this.#changes = ChangeWorker.create(work);
    this.#cells = CellWorker.create(work);
    const deriver = SuspectDeriver.create(work);
    this.#suspects = SuspectWorker.create({ ...work, deriver });
    this.#incidents = IncidentWorker.create({
      suspects: IncidentSuspects.create({ deriver }),
      ...work,
      ...work.incidents,
    });
    this.#objectives = ObjectiveWorker.create(work);
  }

  static create(options: DeriveWorkerOptions): DeriveWorker {
    return new DeriveWorker(options);
  }

  /**
   * Works until nothing is left that nobody else works on. Called again
   * meanwhile, it begins once more afterwards, so that what was there at the
   * call is done when it resolves.
   */
  async runUntilIdle(options?: { signal?: AbortSignal }): Promise<DerivedWork> {
    if (this.#next) {
      return this.#next;
    }
    const running = this.#running;
    if (!running) {
      return this.#begin(options?.signal);
    }
    this.#next = running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#begin(options?.signal);
      });
    return this.#next;
  }

  /** Derives incidents as this worker does: for what people say of them. */
  get incidentDeriver(): IncidentDeriver {
    return this.#incidents.deriver;
  }

  /** What waits. */
  async pending(): Promise<DerivedWork> {
    return {
      sequences: await this.#sequences.pending(),
      subjects: await this.#matching.pending(),
      changes: await this.#changes.pending(),
      applications: await this.#applications.pending(),
      objectives: await this.#objectives.pending(),
      incidents:
        (await this.#incidents.pending()) + (await this.#suspects.pending()),
    };
  }

  /** What could not be derived at its last attempt, and is tried again. */
  async failed(): Promise<number> {
    return this.#failures.count();
  }

  /** Works now and every few seconds. */
  start(): void {
    this.wake();
    this.#timer = setInterval(() => this.wake(), EVERY_MS);
  }

  /** Works soon; what fails is tried again at the next turn. */
  wake(): void {
    if (this.#stopping.signal.aborted) {
      return;
    }
    this.runUntilIdle().catch(error => {
      this.#options.logger.warn('Deriving records stopped', {
        error: String(error),
      });
    });
  }

  /** Ends after the piece of work in hand. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await Promise.allSettled([this.#running, this.#next]);
  }

  #begin(signal?: AbortSignal): Promise<DerivedWork> {
    const running = this.#work(signal).finally(() => {
      if (this.#running === running) {
        this.#running = undefined;
      }
    });
    this.#running = running;
    return running;
  }

  async #work(signal?: AbortSignal): Promise<DerivedWork> {
    const done = {
      sequences: 0,
      subjects: 0,
      changes: 0,
      applications: 0,
      incidents: 0,
      objectives: 0,
    };
    const stopped = () =>
      this.#stopping.signal.aborted || signal?.aborted === true;
    await this.#failures.load();
    const broken = new Set<string>();
    // What fails as a whole keeps nothing else from being done.
    const attempt = async (step: string, work: () => Promise<number>) => {
      if (broken.has(step)) {
        return 0;
      }
      try {
        const worked = await work();
        await this.#failures.clear('step', [step]);
        return worked;
      } catch (error) {
        broken.add(step);
        await this.#failures.note({ queue: 'step', key: step, error });
        return 0;
      }
    };
    if (!this.#remapped) {
      await attempt('environments', async () => {
        await remapEnvironments(this.#options);
        this.#remapped = true;
        return 1;
      });
    }
    while (!stopped()) {
      const subjects = await attempt('match', () =>
        this.#matching.matchChunk(),
      );
      done.subjects += subjects;
      let worked = subjects > 0;
      if (!worked) {
        worked =
          (await attempt('retie', () => this.#matching.retieChunk())) > 0;
      }
      if (!worked) {
        // Before the sequences, whose versions it may find the revisions of.
        const applications = await attempt('applications', () =>
          this.#applications.runChunk(
            AbortSignal.any([
              this.#stopping.signal,
              ...(signal ? [signal] : []),
            ]),
          ),
        );
        done.applications += applications;
        worked = applications > 0;
      }
      if (!worked) {
        const sequences = await attempt('sequences', () =>
          this.#sequences.runOne(),
        );
        done.sequences += sequences;
        worked = sequences > 0;
      }
      if (!worked) {
        const changes = await attempt('changes', () =>
          this.#changes.runChunk(),
        );
        done.changes += changes;
        worked = changes > 0;
      }
      if (!worked) {
        const objectives = await attempt('objectives', () =>
          this.#objectives.runChunk(),
        );
        done.objectives += objectives;
        worked = objectives > 0;
      }
      if (!worked) {
        // After what may have caused them, before the figures that they change.
        const incidents = await attempt('incidents', () =>
          this.#incidents.runChunk(),
        );
        done.incidents += incidents;
        worked = incidents > 0;
      }
      if (!worked) {
        worked =
          (await attempt('suspects', () => this.#suspects.runChunk())) > 0;
      }
      if (!worked) {
        worked = (await attempt('cells', () => this.#cells.runChunk())) > 0;
      }
      if (!worked) {
        // Last: what sources say now goes before what definitions change.
        worked =
          (await attempt('definitions', () => this.#sequences.markOlder())) > 0;
      }
      if (!worked) {
        break;
      }
      // SQLite answers at once: let the portal answer its readers between.
      await setImmediate();
    }
    return done;
  }
}

/** What the worker needs. */
export interface DeriveWorkerOptions {
  database: Knex;
  environments: EnvironmentRule[];
  logger: LoggerService;
  /** Every configured source: those that mirror repositories are asked for revisions. */
  sources?: () => Source[];
  /** Whoever is told of what becomes of incidents and objectives. */
  effects?: () => Effect[];
  now?: () => number;
  /** Called with the ids of services whose records have changed, once committed. */
  onChange?: (serviceIds: Iterable<string>) => void;
  /** How long a piece of work is kept from others; 30 s by default. */
  claimMs?: number;
  /** Version of what sequences are derived by; `DEFINITIONS` by default. */
  definitions?: number;
  /** How incidents are found, and how bad they are. */
  incidents?: {
    rules?: IncidentRules;
    /** Tells one set of rules from another. */
    rulesVersion?: unknown;
    suspects?: DerivesSuspects;
  };
}
