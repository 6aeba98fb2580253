import type {
  AuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Effect, Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type { Day2Config } from './config';
import type { createReads } from './createReads';
import { PostedDeployments } from './deployments/PostedDeployments';
import { postRoutes } from './deployments/postRoutes';
import { DeriveWorker } from './derive';
import { effectRoutes } from './effects/effectRoutes';
import { EffectWorker } from './effects/EffectWorker';
import { IngestService } from './ingest';
import { createIncidents } from './incidents/createIncidents';
import { ServiceSignals } from './live/ServiceSignals';
import { AlertRuleWorker } from './metrics/AlertRuleWorker';
import { WantedMeasurements } from './objectives/WantedMeasurements';
import type { RouteAccessService } from './permissions/RouteAccessService';
import { ServiceOwnership } from './permissions/ServiceOwnership';
import type { DirectoryLease } from './services/DirectoryLease';
import type { ServiceDirectory } from './services/ServiceDirectory';
import { sourceRoutes } from './sources/sourceRoutes';
import { SourceRunner } from './sources/SourceRunner';
import { SourceStore } from './sources/SourceStore';
import { createWebhooks } from './webhooks/createWebhooks';

/** What the hub takes in and derives with, and the routes that write. */
export function createWrites(options: {
  database: Knex;
  config: Day2Config;
  auth: AuthService;
  userInfo: UserInfoService;
  catalog: CatalogService;
  signals: SignalsService;
  directory: ServiceDirectory;
  /** What the hub reads with. */
  reads: Pick<ReturnType<typeof createReads>, 'store' | 'visible' | 'told'>;
  lease: DirectoryLease;
  access: RouteAccessService;
  logger: LoggerService;
  sources: () => Source[];
  effects: () => Effect[];
  /** Names this replica. */
  holder: string;
  now: () => number;
}) {
  const { environments, serviceKinds: kinds } = options.config;
  const ingest = IngestService.create({ ...options, environments });
  const signals = ServiceSignals.create(options);
  const deriveWorker = DeriveWorker.create({
    ...options,
    environments,
    objectives: options.config.objectives,
    incidents: {
      rules: options.config.incidents,
      rulesVersion: options.config.incidents,
    },
    onChange: ids => signals.changed(ids),
  });
  const effects = EffectWorker.create({
    ...options,
    effect: id => options.effects().find(effect => effect.id === id),
  });
  const sourceStore = SourceStore.create(options);
  const runner = SourceRunner.create({
    ...options,
    sources: options.sources(),
    sourceStore,
    ingest,
    deriveWorker,
    wanted: WantedMeasurements.create(options),
  });
  const alertRules = AlertRuleWorker.create(options);
  const webhooks = createWebhooks({
    ...options,
    sources: options.sources(),
    ingest,
    onApplied: () => deriveWorker.wake(),
    onHint: () => runner.tick(),
  });
  const posted = PostedDeployments.create({ ...options, ingest, deriveWorker });
  const ownership = ServiceOwnership.create(options);
  const incidents = createIncidents({
    ...options,
    ownership,
    deriver: deriveWorker.incidentDeriver,
    onChange: ids => {
      signals.changed(ids);
      // The figures that follow from it.
      deriveWorker.wake();
    },
  });
  return {
    /** Mounted before the routes of the contract, open to whoever can sign. */
    webhooks: webhooks.router,
    handlers: {
      ...incidents.handlers,
      ...postRoutes({ ...options, posted, ownership, kinds }),
      ...effectRoutes(options),
      ...sourceRoutes({ ...options, store: sourceStore, runner, deriveWorker }),
    },
    async start() {
      deriveWorker.start();
      await runner.start();
      webhooks.start();
      effects.start();
      alertRules.start();
    },
    async stop() {
      await alertRules.stop();
      await webhooks.stop();
      await runner.stop();
      await deriveWorker.stop();
      await effects.stop();
      signals.stop();
    },
  };
}
