import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ServiceDirectory } from '../services/ServiceDirectory';
import { serviceFromEntity } from '../services/serviceFromEntity';
import { findEntity } from './findEntity';

/**
 * Who may write about a service: its owners, whatever the permission policy
 * says (the policy can only narrow that), and service tokens that the policy
 * lets write.
 */
export class ServiceOwnership {
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;
  readonly #catalog: CatalogService;
  readonly #directory: ServiceDirectory;

  private constructor(options: {
    auth: AuthService;
    userInfo: UserInfoService;
    catalog: CatalogService;
    directory: ServiceDirectory;
  }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
    this.#catalog = options.catalog;
    this.#directory = options.directory;
  }

  static create(options: {
    auth: AuthService;
    userInfo: UserInfoService;
    catalog: CatalogService;
    directory: ServiceDirectory;
  }): ServiceOwnership {
    return new ServiceOwnership(options);
  }

  /**
   * The first of the refs that is a service the caller may see, checked to be
   * the caller's own.
   *
   * @returns its entity ref
   * @throws NotFoundError where none is there
   * @throws NotAllowedError where a user owns it not
   */
  async requireWritable(options: {
    refs: string[];
    credentials: BackstageCredentials;
  }): Promise<string> {
    const { refs, credentials } = options;
    const isUser = this.#auth.isPrincipal(credentials, 'user');
    for (const ref of refs) {
      const entity = isUser
        ? await findEntity({ catalog: this.#catalog, ref, credentials })
        : await this.#directory.find(ref);
      if (entity && (!isUser || (await this.#directory.record(entity)))) {
        await this.#requireOwner(entity, credentials);
        return serviceFromEntity(entity).ref;
      }
    }
    throw new NotFoundError(
      `No service ${refs.join(
        ' or ',
      )} in the catalog. Register it there first, or name another one by its entity ref, e.g. component:default/payments-api; kinds of services are ${this.#directory.kinds.join(
        ', ',
      )} (day2.services.kinds)`,
    );
  }

  /**
   * Those of some services that a user owns, as far as the user may see them.
   * A service token owns none.
   */
  async ownedOf(options: {
    refs: string[];
    credentials: BackstageCredentials;
  }): Promise<string[]> {
    const { refs, credentials } = options;
    if (refs.length === 0 || !this.#auth.isPrincipal(credentials, 'user')) {
      return [];
    }
    const [{ items }, mine] = await Promise.all([
      this.#catalog.getEntitiesByRefs({ entityRefs: refs }, { credentials }),
      this.#ownRefs(credentials),
    ]);
    return refs.filter((_, at) => {
      const entity = items[at];
      return entity !== undefined && isOwner(entity, mine);
    });
  }

  async #ownRefs(credentials: BackstageCredentials): Promise<Set<string>> {
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return new Set(
      ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US')),
    );
  }

  async #requireOwner(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      return;
    }
    if (!isOwner(entity, await this.#ownRefs(credentials))) {
      const owners = ownersOf(entity);
      throw new NotAllowedError(
        `Only owners may record this, and ${
          serviceFromEntity(entity).ref
        } is owned by ${
          owners.join(', ') || 'nobody'
        }; ask them, or send it from the pipeline with a service token`,
      );
    }
  }
}

function isOwner(entity: Entity, mine: ReadonlySet<string>): boolean {
  return ownersOf(entity).some(owner =>
    mine.has(owner.toLocaleLowerCase('en-US')),
  );
}

function ownersOf(entity: Entity): string[] {
  const related = (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => relation.targetRef);
  const { owner } = serviceFromEntity(entity);
  return related.length > 0 || !owner ? related : [owner];
}
