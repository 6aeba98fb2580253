import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ServiceDirectory } from '../services/ServiceDirectory';
import type { ServiceRow, ServiceStore } from '../services/ServiceStore';
import { BoundedCache } from './BoundedCache';
import { principalKey } from './principalKey';
import type { VisibleServices } from './VisibleServices';
import { findEntity } from './findEntity';

/**
 * Whether a caller may see one service: the catalog is asked for that entity
 * alone with the caller's credentials, at most once a minute. A page of an
 * entity that the directory has not seen yet records it on the way.
 */
export class ServiceAccess {
  readonly #store: ServiceStore;
  readonly #directory: ServiceDirectory;
  readonly #catalog: CatalogService;
  readonly #visible: VisibleServices;
  readonly #cache: BoundedCache<boolean>;

  private constructor(options: {
    store: ServiceStore;
    directory: ServiceDirectory;
    catalog: CatalogService;
    visible: VisibleServices;
    now?: () => number;
  }) {
    this.#store = options.store;
    this.#directory = options.directory;
    this.#catalog = options.catalog;
    this.#visible = options.visible;
    this.#cache = BoundedCache.create({
      max: 5_000,
      ttlMs: 60_000,
      now: options.now,
    });
  }

  static create(options: {
    store: ServiceStore;
    directory: ServiceDirectory;
    catalog: CatalogService;
    visible: VisibleServices;
    now?: () => number;
  }): ServiceAccess {
    return new ServiceAccess(options);
  }

  /**
   * @throws NotFoundError where the service is not there or not visible
   */
  async require(options: {
    ref: string;
    credentials: BackstageCredentials;
  }): Promise<ServiceRow> {
    const ref = normalRef(options.ref);
    const decision = await this.#visible.decide(options.credentials);
    const known = ref ? await this.#store.byRef(ref) : undefined;
    if (ref && decision === 'allow' && known && !known.removedAt) {
      return known;
    }
    if (ref && decision !== 'deny') {
      const current = known?.ref ?? ref;
      const key = `${principalKey(options.credentials)} ${current}`;
      const seen = await this.#cache.get(key, () =>
        this.#look(current, options.credentials),
      );
      const service = seen ? await this.#store.byRef(ref) : undefined;
      if (service && !service.removedAt) {
        return service;
      }
      // A no is asked again: an entity may be made or shared a moment later.
      this.#cache.delete(key);
    }
    throw notFound(options.ref, known !== undefined);
  }

  async #look(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const entity = await findEntity({
      catalog: this.#catalog,
      ref,
      credentials,
    });
    if (!entity) {
      return false;
    }
    return await this.#directory.record(entity);
  }
}

function normalRef(ref: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    return undefined;
  }
}

/** Same words for both cases; `refused` tells the audit, never the caller. */
function notFound(ref: string, refused: boolean): NotFoundError {
  const error = new NotFoundError(
    `No entity ${ref} that you may see. Check the reference, and that the entity is in the catalog`,
  );
  if (refused) {
    Object.defineProperty(error, 'refused', { value: true, enumerable: false });
  }
  return error;
}
