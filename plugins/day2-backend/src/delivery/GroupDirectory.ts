import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { BoundedCache } from '../permissions/BoundedCache';
import { principalKey } from '../permissions/principalKey';

const KEPT_MS = 60_000;
/** A page may end at any of them. */
const MAX_TITLE = 255;
const KINDS = ['group', 'system', 'domain'];
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.parent',
  'spec.profile',
  'relations',
];

/** Groups, systems and domains as the catalog has them now; refs in lower case. */
export interface Groups {
  /** Groups that each group is a part of. */
  parents: ReadonlyMap<string, readonly string[]>;
  titles: ReadonlyMap<string, string>;
}

/**
 * How groups are nested, and what they are called: asked of the catalog at most
 * once a minute. Where it does not answer, what it said last stands.
 */
export class GroupDirectory {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #all: BoundedCache<Groups>;
  readonly #readable: BoundedCache<Set<string>>;
  #last: Groups | undefined;

  private constructor(options: GroupDirectoryOptions) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    const { now } = options;
    this.#all = BoundedCache.create({ max: 1, ttlMs: KEPT_MS, now });
    this.#readable = BoundedCache.create({ max: 500, ttlMs: KEPT_MS, now });
  }

  static create(options: GroupDirectoryOptions): GroupDirectory {
    return new GroupDirectory(options);
  }

  async groups(): Promise<Groups> {
    try {
      this.#last = await this.#all.get('all', () => this.#read());
      return this.#last;
    } catch (error) {
      if (!this.#last) {
        throw error;
      }
      this.#logger.warn('Groups could not be read; the last ones stand', {
        error: String(error),
      });
      return this.#last;
    }
  }

  /** Refs of those that a caller may read. */
  async readable(credentials: BackstageCredentials): Promise<Set<string>> {
    return await this.#readable.get(principalKey(credentials), async () => {
      const refs = new Set<string>();
      for await (const entity of this.#entities(credentials)) {
        refs.add(stringifyEntityRef(entity).toLocaleLowerCase('en-US'));
      }
      return refs;
    });
  }

  async #read(): Promise<Groups> {
    const parents = new Map<string, string[]>();
    const titles = new Map<string, string>();
    const credentials = await this.#auth.getOwnServiceCredentials();
    for await (const entity of this.#entities(credentials)) {
      const ref = stringifyEntityRef(entity).toLocaleLowerCase('en-US');
      titles.set(ref, titleOf(entity));
      const above = parentsOf(entity);
      if (above.length > 0) {
        parents.set(ref, above);
      }
    }
    return { parents, titles };
  }

  async *#entities(credentials: BackstageCredentials): AsyncGenerator<Entity> {
    const pages = this.#catalog.streamEntities(
      { filter: { kind: KINDS }, fields: FIELDS, pageSize: 1000 },
      { credentials },
    );
    for await (const page of pages) {
      yield* page;
    }
  }
}

/** What it needs. */
export interface GroupDirectoryOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  now: () => number;
}

function titleOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const title =
    typeof profile?.displayName === 'string' && profile.displayName
      ? profile.displayName
      : entity.metadata.title ?? entity.metadata.name;
  return title.slice(0, MAX_TITLE);
}

function parentsOf(entity: Entity): string[] {
  const related = (entity.relations ?? [])
    .filter(({ type }) => type === 'childOf')
    .map(({ targetRef }) => targetRef);
  const named = entity.spec?.parent;
  if (related.length === 0 && typeof named === 'string' && named) {
    related.push(
      stringifyEntityRef(
        parseEntityRef(named, {
          defaultKind: 'group',
          defaultNamespace: entity.metadata.namespace ?? 'default',
        }),
      ),
    );
  }
  return related.map(ref => ref.toLocaleLowerCase('en-US'));
}
