import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { whereInList } from '../permissions/whereService';
import type { SubjectStore } from '../subjects/SubjectStore';
import type { DirectoryLease } from './DirectoryLease';
import { removeVanished } from './removeVanished';
import { renamedFrom } from './renamedFrom';
import {
  domainOfSystem,
  serviceFields,
  serviceFromEntity,
  type ObservedService,
} from './serviceFromEntity';
import { ServiceRecorder, type ServiceToRecord } from './ServiceRecorder';
import { toServiceRow } from './ServiceStore';
import { SystemDomains } from './SystemDomains';
import { usersFromEntities } from './usersFromEntities';

const PAGE_SIZE = 500;
/** Services written in one transaction; SQLite has but one connection. */
const CHUNK = 50;
const SEEN_TOUCH_MS = 3_600_000;

interface DirectoryOptions {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  lease: DirectoryLease;
  persons: {
    linkUsers(users: { userRef: string; email: string }[]): Promise<unknown>;
  };
  subjects: SubjectStore;
  /** Kinds of entities that are services, lower case. */
  kinds: string[];
  now?: () => number;
}

/**
 * The directory of services: what the catalog has, under ids of our own, with
 * its past. It reads the catalog page by page and holds only entity refs.
 */
export class ServiceDirectory {
  readonly #options: DirectoryOptions;
  readonly #recorder: ServiceRecorder;
  readonly #now: () => number;
  readonly #domains: SystemDomains;

  private constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#recorder = ServiceRecorder.create(options);
    this.#domains = SystemDomains.create(options);
  }

  static create(options: DirectoryOptions): ServiceDirectory {
    return new ServiceDirectory(options);
  }

  /** Kinds of entities that are services, lower case. */
  get kinds(): string[] {
    return this.#options.kinds;
  }

  /**
   * Records one entity at once, as when somebody opens the page of one that no
   * pass has seen yet. Writes nothing where it is known as it is.
   *
   * @returns false where entities of its kind are no services here
   */
  async record(entity: Entity): Promise<boolean> {
    if (!this.#options.kinds.includes(entity.kind.toLocaleLowerCase('en-US'))) {
      return false;
    }
    const observed = serviceFromEntity(entity);
    const known = await this.#options
      .database('service')
      .where('ref', observed.ref)
      .first('etag', 'removed_at');
    if (known?.etag === observed.etag && known.removed_at === null) {
      return true;
    }
    try {
      await this.#apply([observed]);
    } catch (error) {
      // Another replica recorded it in the same moment: now there is a row to update.
      if (!isDatabaseConflictError(error)) {
        throw error;
      }
      await this.#apply([observed]);
    }
    return true;
  }

  /**
   * The entity of a ref, recorded; for callers who need not see it, such as a
   * pipeline's token that may post deployments and nothing else.
   */
  async find(ref: string): Promise<Entity | undefined> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(ref, { credentials });
    return entity && (await this.record(entity)) ? entity : undefined;
  }

  /**
   * Reads the whole catalog once, unless another replica does.
   *
   * @returns what it did; undefined where another replica holds the lease
   */
  async reconcile(
    options: { signal?: AbortSignal } = {},
  ): Promise<
    { seen: number; changed: number; removed: number; kept: number } | undefined
  > {
    const { lease } = this.#options;
    const epoch = await lease.take();
    if (epoch === undefined) {
      return undefined;
    }
    try {
      const result = await this.#pass({ epoch, signal: options.signal });
      await lease.release({ epoch });
      return result;
    } catch (error) {
      await lease.release({ epoch, error: toError(error) });
      throw error;
    }
  }

  async #pass(options: { epoch: number; signal?: AbortSignal }) {
    const { catalog, auth, persons } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const pages = async function* pages(kinds: string[], fields: string[]) {
      const stream = catalog.streamEntities(
        { filter: { kind: kinds }, fields, pageSize: PAGE_SIZE },
        { credentials },
      );
      for await (const page of stream) {
        options.signal?.throwIfAborted();
        yield page;
      }
    };

    // What is written in this pass depends on still holding the lease.
    const holding = (database: Knex) =>
      this.#options.lease.renew({ epoch: options.epoch, database });
    const domains = new Map<string, string | undefined>();
    for await (const page of pages(
      ['system'],
      ['kind', 'metadata.name', 'metadata.namespace', 'spec.domain'],
    )) {
      for (const system of page) {
        domains.set(stringifyEntityRef(system), domainOfSystem(system));
      }
    }
    this.#domains.set(domains);

    const seen = new Set<string>();
    let changed = 0;
    for await (const page of pages(this.#options.kinds, serviceFields)) {
      await this.#options.lease.renew({ epoch: options.epoch });
      const observed = page.map(serviceFromEntity);
      for (const service of observed) {
        seen.add(service.ref);
      }
      changed += await this.#applyChanged(observed, holding);
    }
    const vanished = await removeVanished({
      ...this.#options,
      recorder: this.#recorder,
      holding,
      credentials,
      seen,
      now: this.#now(),
    });
    for await (const page of pages(
      ['user'],
      ['kind', 'metadata.name', 'metadata.namespace', 'spec.profile.email'],
    )) {
      await this.#options.lease.renew({ epoch: options.epoch });
      // Each time, as persons may have come since.
      await persons.linkUsers(usersFromEntities(page));
    }
    const settled = changed === 0 && seen.size > 0;
    const state = await this.#options.lease.state();
    if (state.settled !== settled) {
      await this.#options.lease.setState({ ...state, settled });
    }
    return { seen: seen.size, changed, ...vanished };
  }

  async #applyChanged(
    observed: ObservedService[],
    holding: (transaction: Knex) => Promise<void>,
  ): Promise<number> {
    const query = this.#options.database('service').select('*');
    whereInList(query, { column: 'ref', values: observed.map(s => s.ref) });
    const rows: Record<string, unknown>[] = await query;
    const stored = new Map(rows.map(row => [row.ref as string, row]));
    const changed: ObservedService[] = [];
    const untouched: string[] = [];
    for (const service of observed) {
      const raw = stored.get(service.ref);
      const row = raw && toServiceRow(raw);
      const same =
        row &&
        row.etag === service.etag &&
        row.removedAt === undefined &&
        row.domain === this.#domains.of(service);
      if (!same) {
        changed.push(service);
      } else if (Number(raw?.seen_at) < this.#now() - SEEN_TOUCH_MS) {
        untouched.push(row.id);
      }
    }
    for (let at = 0; at < changed.length; at += CHUNK) {
      await this.#apply(changed.slice(at, at + CHUNK), holding);
      // SQLite answers without letting go of the thread: others get their turn.
      await setImmediate();
    }
    if (untouched.length > 0) {
      const touch = this.#options.database('service');
      whereInList(touch, { column: 'id', values: untouched });
      await touch.update({ seen_at: this.#now() });
    }
    return changed.length;
  }

  async #apply(
    observed: ObservedService[],
    holding?: (transaction: Knex) => Promise<void>,
  ): Promise<void> {
    await this.#domains.prepare(observed);
    const services: ServiceToRecord[] = [];
    for (const service of observed) {
      services.push({
        ...service,
        domain: this.#domains.of(service),
        renamedFrom: await renamedFrom({ ...this.#options, service }),
      });
    }
    await this.#recorder.record(services, { holding });
  }
}
