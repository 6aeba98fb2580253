import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction, toNumber } from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { dirtyMarks } from '../derive/DirtyMarks';
import { workOnClaims } from '../derive/workOnClaims';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { applicationStore } from './applicationStore';
import type { ApplicationRow } from './applicationRecord';
import { deriveApplication, revisionsOf } from './deriveApplication';
import { markLookedAgain, markReconfigured } from './dirtyApplications';
import { MirrorNews } from './MirrorNews';
import { Mirrors } from './Mirrors';
import { RevisionLookup, type LookedUp } from './RevisionLookup';

const SUBJECTS_PER_CHUNK = 20;
const LOOK_MS = 20_000;

type ApplicationClaim = Claim<{ subject_id: string }>;

/**
 * Derives the live state of applications, and finds the revisions that their
 * deployments name: asks mirrors first, then writes in one transaction.
 */
export class ApplicationWorker {
  readonly #options: ApplicationWorkerOptions;
  readonly #queue: WorkQueue<{ subject_id: string }>;
  readonly #lookup: RevisionLookup;
  readonly #news: MirrorNews;
  #mirrors: Mirrors | undefined;
  #remapped = false;

  private constructor(options: ApplicationWorkerOptions) {
    this.#options = options;
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_application',
      columns: ['subject_id'],
    });
    const asked = { ...options, mirrors: () => this.#known() };
    this.#lookup = RevisionLookup.create(asked);
    this.#news = MirrorNews.create(asked);
  }

  static create(options: ApplicationWorkerOptions): ApplicationWorker {
    return new ApplicationWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many subjects were worked on; 0 where there is nothing to do */
  async runChunk(signal: AbortSignal): Promise<number> {
    await this.#remap();
    await markLookedAgain(this.#options);
    const claims = await this.#queue.claim(SUBJECTS_PER_CHUNK);
    if (claims.length === 0) {
      return await this.#news.take(signal);
    }
    await workOnClaims({
      claims,
      queue: this.#queue,
      failures: this.#options.failures,
      name: 'application',
      nameOf: ({ subject_id }) => subject_id,
      work: some => this.#work(some, signal),
      signal,
    });
    return claims.length;
  }

  /** @returns those that must be derived again */
  async #work(
    claims: ApplicationClaim[],
    signal: AbortSignal,
  ): Promise<ApplicationClaim[]> {
    const { database, now } = this.#options;
    const ids = claims.map(({ key }) => key.subject_id);
    const observed = await applicationStore.observed(database, ids);
    const deployed = await applicationStore.deployed(database, ids);
    const stored = await applicationStore.stored(database, ids);
    const mirrors = this.#known();
    const isMirrored = (repository: string) =>
      mirrors.of(repository).length > 0;
    const lookedUp = await this.#lookup.find({
      wanted: [
        ...observed.flatMap(({ payload }) => revisionsOf(payload)),
        ...deployed,
      ].filter(({ repository }) => isMirrored(repository)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]),
    });
    signal.throwIfAborted();
    const at = now();
    const rows = observed.map(each =>
      deriveApplication({
        observed: each,
        lookedUp,
        isMirrored,
        lackingDeployments: deployed
          .filter(
            ({ subjectId, repository, sha }) =>
              subjectId === each.subjectId &&
              isMirrored(repository) &&
              !lookedUp.revision(repository, sha),
          )
          .map(({ sha }) => sha),
        before: stored.get(each.subjectId)?.find(({ lacking }) => lacking)
          ?.lacking,
        environments: this.#options.environments,
        now: at,
      }),
    );
    const changed = new Set<string>();
    const left = await inTransaction(database, async transaction => {
      const again: ApplicationClaim[] = [];
      await lookedUp.store(transaction);
      await this.#markSequences(transaction, { deployed, lookedUp });
      for (const claim of sorted(claims)) {
        const id = claim.key.subject_id;
        // Nothing is written where it was marked again: it is derived anew.
        if (await this.#queue.finish(transaction, claim)) {
          const isOther = await this.#write(transaction, {
            rows: rows.filter(({ subject_id }) => subject_id === id),
            before: stored.get(id) ?? [],
          });
          if (isOther) {
            changed.add(id);
          }
        } else {
          again.push(claim);
        }
      }
      return again;
    });
    this.#options.onChange(
      await applicationStore.servicesOf(database, [...changed]),
    );
    return left;
  }

  /** @returns whether anything is other than before */
  async #write(
    transaction: Knex.Transaction,
    options: {
      rows: ApplicationRow[];
      before: { id: string; hash: string; lookAgainAt: number | null }[];
    },
  ): Promise<boolean> {
    const { rows, before } = options;
    const kept = new Set(rows.map(({ id }) => id));
    const known = new Map(before.map(each => [each.id, each]));
    const goneIds = before.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
    await applicationStore.write(transaction, {
      goneIds,
      rows: rows.filter(row => {
        const each = known.get(row.id);
        return (
          each?.hash !== row.hash ||
          row.look_again_at !== (toNumber(each.lookAgainAt) ?? null)
        );
      }),
    });
    return (
      goneIds.length > 0 ||
      rows.some(row => known.get(row.id)?.hash !== row.hash)
    );
  }

  /** A revision that is known from now on may tell which version ran. */
  async #markSequences(
    transaction: Knex.Transaction,
    options: {
      deployed: Awaited<ReturnType<typeof applicationStore.deployed>>;
      lookedUp: LookedUp;
    },
  ): Promise<void> {
    await dirtyMarks.sequencesOfSubjects(
      transaction,
      options.deployed.filter(({ repository, sha }) =>
        options.lookedUp.isNew(repository, sha),
      ),
      this.#options.now(),
    );
  }

  /** Derives all again where other environments or repositories are configured. */
  async #remap(): Promise<void> {
    if (!this.#remapped) {
      await markReconfigured({
        ...this.#options,
        mirrors: this.#known().version,
      });
      this.#remapped = true;
    }
  }

  #known(): Mirrors {
    this.#mirrors ??= Mirrors.create({ sources: this.#options.sources() });
    return this.#mirrors;
  }
}

/** What the worker needs. */
export interface ApplicationWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  environments: EnvironmentRule[];
  logger: LoggerService;
  /** Every configured source. */
  sources: () => Source[];
  /** Called with the ids of services whose applications are other than before. */
  onChange: (serviceIds: Iterable<string>) => void;
  now: () => number;
  claimMs: number;
}

// In one order everywhere, so that replicas do not wait for each other.
function sorted(claims: ApplicationClaim[]): ApplicationClaim[] {
  return [...claims].sort((a, b) =>
    a.key.subject_id < b.key.subject_id ? -1 : 1,
  );
}
