import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type {
  Effect,
  Observation,
  Source,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { DeriveWorker } from '../derive';
import { IngestService } from '../ingest';
import { SourceStore } from '../sources/SourceStore';
import { SubjectStore } from '../subjects/SubjectStore';

export const testEnvironments: EnvironmentRule[] = [
  { name: 'production', tier: 'production', match: ['prod*'] },
  { name: 'staging', tier: 'staging', match: ['stag*'] },
];

/** The write side of the hub over one database, with a clock of its own. */
export class TestHub {
  readonly database: Knex;
  readonly ingest: IngestService;
  readonly worker: DeriveWorker;
  readonly subjects: SubjectStore;
  readonly sources: SourceStore;
  /** Those that are configured, as far as it matters. */
  configured: Source[] = [];
  /** Told of what becomes of incidents and objectives. */
  effects: Effect[] = [];
  time = Date.parse('2026-11-01T00:00:00Z');

  private constructor(
    database: Knex,
    logger: LoggerService,
    definitions?: number,
  ) {
    const now = () => this.time;
    this.database = database;
    this.ingest = IngestService.create({
      database,
      environments: testEnvironments,
      now,
    });
    this.worker = DeriveWorker.create({
      database,
      environments: testEnvironments,
      logger,
      now,
      definitions,
      sources: () => this.configured,
      effects: () => this.effects,
    });
    this.subjects = SubjectStore.create({ database });
    this.sources = SourceStore.create({ database, now });
  }

  static async create(
    database: Knex,
    logger: LoggerService = mockServices.logger.mock(),
  ): Promise<TestHub> {
    await migrateDatabase({ database });
    return new TestHub(database, logger);
  }

  /** Another replica over the same database; of another release where it has other definitions. */
  replica(options: { definitions?: number } = {}): TestHub {
    const replica = new TestHub(
      this.database,
      mockServices.logger.mock(),
      options.definitions,
    );
    replica.time = this.time;
    replica.configured = this.configured;
    return replica;
  }

  /** A service as the directory writes it. */
  async addService(options: {
    id: string;
    ref: string;
    annotations?: Record<string, string>;
  }): Promise<void> {
    const row = {
      id: options.id,
      created_at: 1,
      removed_at: null,
      ref: options.ref,
      title: options.ref,
      kind: 'component',
      annotations: JSON.stringify(options.annotations ?? {}),
      links: '[]',
      seen_at: 1,
    };
    await this.database('service').insert(row).onConflict('id').merge();
    await this.database('service_alias')
      .insert({ ref: options.ref, service_id: options.id, valid_from: 1 })
      .onConflict('ref')
      .ignore();
    await this.subjects.markDue({ all: true });
  }

  /** Takes observations in as one batch of a source, under a lease of its own. */
  async observe(
    source: string,
    observations: Observation[],
    batch: Partial<SourceBatch> = {},
  ) {
    const leases = this.sources.leases({
      holder: 'test',
      now: () => this.time,
      leaseMs: 15_000,
    });
    await leases.register([source]);
    await this.sources.makeDue({ id: source });
    const lease = await leases.acquire(source);
    if (!lease) {
      throw new Error('The lease is taken');
    }
    const result = await this.ingest.applyBatch({
      sourceId: source,
      epoch: lease.epoch,
      batch: { observations, cursor: {}, ...batch },
    });
    await leases.recordSlice(lease, { progressed: true });
    return result;
  }

  async derive(): Promise<void> {
    await this.worker.runUntilIdle();
  }

  /** Rows of a table with JSON and big integers read, in a fixed order. */
  async rows(table: string): Promise<Record<string, any>[]> {
    const rows: Record<string, any>[] = await this.database(table).select('*');
    return rows;
  }
}
