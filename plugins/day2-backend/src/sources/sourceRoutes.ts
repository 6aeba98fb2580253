import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import type { Effect, Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type { Day2Config } from '../config';
import type { DeriveWorker } from '../derive';
import { effectStandings } from '../effects/effectStandings';
import type { Handlers } from '../http/Handlers';
import { iso } from '../http/range';
import type { RouteAccessService } from '../permissions/RouteAccessService';
import {
  DIRECTORY_SOURCE_ID,
  type DirectoryLease,
} from '../services/DirectoryLease';
import type { ServiceDirectory } from '../services/ServiceDirectory';
import {
  builtInSources,
  builtInStatus,
  configurationStatus,
} from './builtInSources';
import { webhookStanding } from '../webhooks/webhookStanding';
import type { SourceRunner } from './SourceRunner';
import type { SourceStore } from './SourceStore';

/** The Sources page: state, quarantine, control. */
export function sourceRoutes(options: {
  database: Knex;
  sources: () => Source[];
  effects: () => Effect[];
  store: SourceStore;
  runner: SourceRunner;
  deriveWorker: DeriveWorker;
  access: RouteAccessService;
  directory: Pick<ServiceDirectory, 'reconcile'>;
  lease: Pick<DirectoryLease, 'state'>;
  config: Pick<Day2Config, 'problems'>;
  now: () => number;
}): Pick<Handlers, 'listSources' | 'listQuarantine' | 'controlSource'> {
  const { store, runner, access } = options;

  function requireSource(id: string): Source {
    const source = options.sources().find(candidate => candidate.id === id);
    if (!source) {
      throw new NotFoundError(
        `No source ${id} is configured; GET /api/day2/sources lists them`,
      );
    }
    return source;
  }

  return {
    async listSources({ credentials }) {
      const canManage = await access.isAllowed({
        permission: 'day2.source.manage',
        credentials,
      });
      const [items, effects, pending, failed] = await Promise.all([
        listed(),
        effectStandings({ ...options, effects: options.effects(), canManage }),
        options.deriveWorker.pending(),
        options.deriveWorker.failed(),
      ]);
      return {
        items,
        effects,
        queues: { ...pending, failed },
        canManage,
        asOf: iso(options.now()),
      };
    },

    async listQuarantine({ params, query }) {
      const page = await store.quarantine({
        source: builtInSources.some(({ id }) => id === params.id)
          ? params.id
          : requireSource(params.id).id,
        ...query,
      });
      return { ...page, asOf: iso(options.now()) };
    },

    async controlSource({ params, body }) {
      if (builtInSources.some(({ id }) => id === params.id)) {
        return await controlBuiltIn(params.id, body.action);
      }
      const source = requireSource(params.id);
      switch (body.action) {
        case 'run':
          await runner.runNow(source.id);
          return { done: `${source.title} is read now` };
        case 'pause':
          await store.setPaused({ id: source.id, paused: true });
          return {
            done: `${source.title} is paused; what it said before stays`,
          };
        case 'resume':
          await store.setPaused({ id: source.id, paused: false });
          return { done: `${source.title} is read again on schedule` };
        case 'reread':
          await store.reread({ id: source.id });
          return {
            done: `${source.title} is read again from the beginning; records change only where it says otherwise`,
          };
        case 'replay-quarantine':
          return await replay(source);
        default:
          throw new ConflictError('Unknown action');
      }
    },
  };

  /** What is misconfigured, the configured ones, then what the hub itself reads and is sent. */
  async function listed(): Promise<SourceStatus[]> {
    const sources = options.sources();
    const [items, { dropSince }, webhooks] = await Promise.all([
      store.list({ sources: [...sources, ...builtInSources] }),
      options.lease.state(),
      webhookStanding({
        database: options.database,
        sources,
        now: options.now(),
      }),
    ]);
    const configuration = configurationStatus(options.config.problems);
    return [
      ...(configuration ? [configuration] : []),
      ...items.map(status => ({
        ...builtInStatus({ status, dropSince }),
        webhook: webhooks.get(status.id),
      })),
    ];
  }

  async function controlBuiltIn(
    id: string,
    action: string,
  ): Promise<{ done: string }> {
    if (id !== DIRECTORY_SOURCE_ID || action !== 'run') {
      throw new InputError(
        `${id} is part of the portal itself; the catalog can be read now (action run), and nothing else can be asked of it`,
      );
    }
    // Whether it worked is said by its row.
    options.directory.reconcile().catch(() => {});
    return { done: 'The catalog is read now' };
  }

  async function replay(source: Source): Promise<{ done: string }> {
    const { released } = await store.replayQuarantine({ id: source.id });
    return { done: `${released} items of ${source.title} are tried again` };
  }
}
