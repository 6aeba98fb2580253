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
import { Breather } from '../../database';
import { Doubts } from './Doubts';
import { EntityFiles } from './EntityFiles';
import { filesNotices, noteUnreadable } from './filesNotices';
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
const PARALLEL = 4;
const DAY_MS = 86_400_000;

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
    const doubts = Doubts.open({ cursor, planned, now: context.now() });
    const breather = Breather.create();
    let group = doubts.next(planned, 0);
    if (group.length > 0) {
      // What is begun is known before it is: it may stop the process.
      yield { observations: [], cursor: writeCursor(cursor) };
    }
    for (let at = 0; at < planned.length; ) {
      const read = await inParallel(group, PARALLEL, async entity => ({
        entity,
        files: doubts.filesOf(entity) ?? (await files.of(entity)),
      }));
      const observations: Observation[] = [];
      const standing: string[] = [];
      const rejected: NonNullable<SourceBatch['rejected']> = [];
      let ofOthers = 0;
      for (const { entity, files: ofEntity } of read) {
        const found = await objectivesOfFiles({
          entity,
          files: ofEntity,
          isShared: entity.isShared && !entity.named,
          isKnown: entity.ref in cursor.keys,
          breather,
        });
        signal.throwIfAborted();
        ofOthers += found.ofOthers;
        const known = cursor.keys[entity.ref] ?? [];
        const said = namesOf(entity, found);
        const gone = known.filter(name => !said.includes(name));
        observations.push(...found.observations);
        if (found.unreadable.size > 0) {
          // What stood in a file that cannot be read now stands.
          standing.push(...gone.map(name => keyOf(entity, name)));
          said.push(...gone);
          rejected.push(
            ...noteUnreadable({
              pass,
              ref: entity.ref,
              files: found.unreadable,
            }),
          );
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
      at += group.length;
      group = doubts.next(planned, at);
      yield {
        observations,
        rejected,
        cursor: writeCursor(cursor),
        pass: { id: pass.id, kinds: ['objective'], standing },
        progress: {
          done: at,
          total: planned.length,
          unit: 'services',
        },
        ...(ofOthers > 0
          ? { skipped: { 'SLO of another service': ofOthers } }
          : {}),
      };
    }
    const refs = new Set(entities.map(({ ref }) => ref));
    for (const byRef of [cursor.keys, cursor.stuck]) {
      for (const ref of Object.keys(byRef).filter(each => !refs.has(each))) {
        delete byRef[ref];
      }
    }
    yield {
      observations: [],
      cursor: writeCursor({ ...cursor, pass: undefined }),
      pass: { id: pass.id, kinds: ['objective'], complete: true },
      notices: filesNotices(pass),
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
