import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Effect, Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type {
  DerivesSuspects,
  IncidentSettings,
} from '../incidents/IncidentDeriver';

/** What the worker needs. */
export interface DeriveWorkerOptions {
  database: Knex;
  environments: EnvironmentRule[];
  logger: LoggerService;
  /** Every configured source: those that mirror repositories are asked for revisions. */
  sources?: () => Source[];
  /** Whoever is told of what becomes of incidents and objectives. */
  effects?: () => Effect[];
  now?: () => number;
  /** Called with the ids of services whose records have changed, once committed. */
  onChange?: (serviceIds: Iterable<string>) => void;
  /** How long a piece of work is kept from others; 30 s by default. */
  claimMs?: number;
  /** Version of what sequences are derived by; `DEFINITIONS` by default. */
  definitions?: number;
  /** For how long slots of objectives are kept; 400 days by default. */
  objectives?: { keepDays: number };
  /** How incidents are found, and how bad they are. */
  incidents?: {
    rules?: IncidentSettings;
    /** Tells one set of rules from another. */
    rulesVersion?: unknown;
    suspects?: DerivesSuspects;
  };
}
