import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ServiceStore } from '../services/ServiceStore';
import { BoundedCache } from './BoundedCache';
import { principalKey } from './principalKey';

/** What of all services a caller may see. */
export type Visibility =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'some'; serviceIds: string[] };

/**
 * The set of services a caller may read, by the catalog's own permission. An
 * outright yes or no answers at once; a conditional one is resolved by asking
 * the catalog with the caller's credentials, at most once a minute.
 */
export class VisibleServices {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #store: ServiceStore;
  readonly #kinds: string[];
  readonly #cache: BoundedCache<string[]>;

  private constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    store: ServiceStore;
    kinds: string[];
    now?: () => number;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#store = options.store;
    this.#kinds = options.kinds;
    this.#cache = BoundedCache.create({
      max: 500,
      ttlMs: 60_000,
      now: options.now,
    });
  }

  static create(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    store: ServiceStore;
    kinds: string[];
    now?: () => number;
  }): VisibleServices {
    return new VisibleServices(options);
  }

  /** The decision alone, without asking which. */
  async decide(
    credentials: BackstageCredentials,
  ): Promise<'allow' | 'deny' | 'conditional'> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return 'allow';
      case AuthorizeResult.CONDITIONAL:
        return 'conditional';
      default:
        return 'deny';
    }
  }

  async of(credentials: BackstageCredentials): Promise<Visibility> {
    const decision = await this.decide(credentials);
    if (decision === 'allow') {
      return { kind: 'all' };
    }
    if (decision === 'deny') {
      return { kind: 'none' };
    }
    const serviceIds = await this.#cache.get(principalKey(credentials), () =>
      this.#ask(credentials),
    );
    return serviceIds.length > 0
      ? { kind: 'some', serviceIds }
      : { kind: 'none' };
  }

  /**
   * Which of a few services a caller may read; asks for these alone where the
   * whole set would have to be asked for.
   */
  async among(options: {
    serviceIds: string[];
    credentials: BackstageCredentials;
  }): Promise<Visibility> {
    const { credentials } = options;
    const decision = await this.decide(credentials);
    if (decision !== 'conditional') {
      return { kind: decision === 'allow' ? 'all' : 'none' };
    }
    if (options.serviceIds.length === 0) {
      return { kind: 'none' };
    }
    const services = await this.#store.byIds(options.serviceIds);
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: services.map(({ ref }) => ref), fields: ['kind'] },
      { credentials },
    );
    const serviceIds = services
      .filter((_, index) => items[index])
      .map(({ id }) => id);
    return serviceIds.length > 0
      ? { kind: 'some', serviceIds }
      : { kind: 'none' };
  }

  async #ask(credentials: BackstageCredentials): Promise<string[]> {
    const ids: string[] = [];
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: this.#kinds },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        pageSize: 1000,
      },
      { credentials },
    );
    for await (const page of pages) {
      const refs = page.map((entity: Entity) => stringifyEntityRef(entity));
      ids.push(...(await this.#store.idsOf(refs)));
    }
    return ids;
  }
}
