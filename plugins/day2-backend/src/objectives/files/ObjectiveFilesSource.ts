import type {
  AuthService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  SourceError,
  type Observation,
  type Source,
  type SourceBatch,
  type SourceContext,
} from '@day2/backstage-plugin-day2-node';
import { openCursor, writeCursor } from './cursor';
import { EntityFiles } from './EntityFiles';
import { inParallel } from './inParallel';
import {
  objectiveEntity,
  objectiveFields,
  type ObjectiveEntity,
} from './objectiveEntity';
import { objectivesOfFiles, type ObjectivesOfFiles } from './objectivesOfFiles';
import { planEntities, type Absent, type PlannedEntity } from './planEntities';
import { RemoteFiles } from './RemoteFiles';
import { withdrawnOf } from './withdrawnOf';

/** Names it on the Sources page. */
export const OBJECTIVE_FILES_ID = 'openslo:catalog';

const PAGE_SIZE = 500;
/** Entities of one batch. */
const BATCH = 20;
const PARALLEL = 4;
const DAY_MS = 86_400_000;
/** Problems that are shown. */
const MAX_PROBLEMS = 5;

interface SourceOptions {
  auth: AuthService;
  catalog: CatalogService;
  urlReader: UrlReaderService;
  config: RootConfigService;
  /** Folders on this machine that the catalog reads. */
  folders: string[];
  /** Kinds of entities that are services, lower case. */
  kinds: string[];
}

/** The OpenSLO files that lie with the entities of the catalog. */
export class ObjectiveFilesSource implements Source {
  readonly id = OBJECTIVE_FILES_ID;
  readonly type = 'openslo';
  readonly title = 'SLO files';
  readonly detail =
    'OpenSLO files named by day2/objectives or beside catalog-info.yaml';
  readonly kinds: Observation['kind'][] = ['objective'];
  readonly everySeconds = 15 * 60;
  readonly #options: SourceOptions;
  readonly #remote: RemoteFiles;
  readonly #absent: Absent = new Map();

  private constructor(options: SourceOptions) {
    this.#options = options;
    this.#remote = RemoteFiles.create({
      urlReader: options.urlReader,
      integrations: ScmIntegrations.fromConfig(options.config),
    });
  }

  static create(options: SourceOptions): ObjectiveFilesSource {
    return new ObjectiveFilesSource(options);
  }

  async *pull(context: SourceContext): AsyncGenerator<SourceBatch> {
    const { signal } = context;
    if (context.reread) {
      this.#remote.forget();
      this.#absent.clear();
    }
    const cursor = openCursor({ ...context, now: context.now() });
    const { pass } = cursor;
    const entities = await this.#entities(signal);
    const planned = planEntities({
      entities,
      cursor,
      absent: this.#absent,
      now: context.now(),
    });
    const files = EntityFiles.create({
      remote: this.#remote,
      folders: this.#options.folders,
      signal,
    });
    for (let at = 0; at < planned.length; at += BATCH) {
      const group = planned.slice(at, at + BATCH);
      const read = await inParallel(group, PARALLEL, async entity => ({
        entity,
        files: await files.of(entity),
      }));
      const observations: Observation[] = [];
      const standing: string[] = [];
      let ofOthers = 0;
      for (const { entity, files: ofEntity } of read) {
        const found = objectivesOfFiles({
          entity,
          files: ofEntity,
          isShared: entity.isShared && !entity.named,
          isKnown: entity.ref in cursor.keys,
        });
        ofOthers += found.ofOthers;
        const known = cursor.keys[entity.ref] ?? [];
        const said = namesOf(entity, found);
        const gone = known.filter(name => !said.includes(name));
        observations.push(...found.observations);
        if (found.unreadable.size > 0) {
          // What stood in a file that cannot be read now stands.
          standing.push(...gone.map(name => keyOf(entity, name)));
          said.push(...gone);
          for (const [file, reason] of found.unreadable) {
            pass.unreadable += 1;
            pass.problems.push(`${file} of ${entity.ref} ${reason}`);
          }
          pass.problems = pass.problems.slice(0, MAX_PROBLEMS);
        } else {
          observations.push(...withdrawnOf({ entity, files: ofEntity, gone }));
        }
        this.#remember({ entity, said, now: context.now() });
        if (said.length > 0) {
          cursor.keys[entity.ref] = said;
        } else {
          delete cursor.keys[entity.ref];
        }
        if (entity.isTurn) {
          pass.looked += 1;
          cursor.looked = entity.ref;
        }
        pass.at = entity.ref;
      }
      yield {
        observations,
        cursor: writeCursor(cursor),
        pass: { id: pass.id, kinds: ['objective'], standing },
        progress: {
          done: at + group.length,
          total: planned.length,
          unit: 'services',
        },
        ...(ofOthers > 0
          ? { skipped: { 'SLO of another service': ofOthers } }
          : {}),
      };
    }
    const refs = new Set(entities.map(({ ref }) => ref));
    for (const ref of Object.keys(cursor.keys)) {
      if (!refs.has(ref)) {
        delete cursor.keys[ref];
      }
    }
    yield {
      observations: [],
      cursor: writeCursor({ ...cursor, pass: undefined }),
      pass: { id: pass.id, kinds: ['objective'], complete: true },
      notices: noticesOf(pass),
    };
  }

  async #entities(signal: AbortSignal): Promise<ObjectiveEntity[]> {
    const { catalog, auth, kinds } = this.#options;
    const found: ObjectiveEntity[] = [];
    try {
      const credentials = await auth.getOwnServiceCredentials();
      const stream = catalog.streamEntities(
        {
          filter: { kind: kinds },
          fields: objectiveFields,
          pageSize: PAGE_SIZE,
        },
        { credentials },
      );
      for await (const page of stream) {
        signal.throwIfAborted();
        for (const entity of page) {
          const read = objectiveEntity(entity);
          if (read) {
            found.push(read);
          }
        }
      }
    } catch {
      signal.throwIfAborted();
      throw new SourceError({
        code: 'unreachable',
        message: 'The catalog cannot be read, which says where SLO files are.',
        fix: 'Look at the log of the catalog. It is tried again by itself; the objectives that are known stay.',
      });
    }
    return found;
  }

  #remember(options: {
    entity: PlannedEntity;
    said: string[];
    now: number;
  }): void {
    const { entity, said, now } = options;
    const { ref, etag, named } = entity;
    if (named || said.length > 0 || entity.location.type === 'file') {
      this.#absent.delete(ref);
    } else {
      this.#absent.set(ref, { etag, until: now + DAY_MS });
    }
  }
}

/** Keys of what is said, without the ref. */
function namesOf(entity: ObjectiveEntity, found: ObjectivesOfFiles): string[] {
  return found.observations.map(({ key }) => key.slice(entity.ref.length + 1));
}

function keyOf(entity: ObjectiveEntity, name: string): string {
  return `${entity.ref}#${name}`;
}

function noticesOf(options: {
  unreadable: number;
  problems: string[];
}): string[] {
  const { unreadable, problems } = options;
  const more = unreadable - problems.length;
  return unreadable === 0
    ? []
    : [
        `What is known of files that cannot be read stands: ${problems.join(
          '; ',
        )}${more > 0 ? `; and ${more} more` : ''}`,
      ];
}
