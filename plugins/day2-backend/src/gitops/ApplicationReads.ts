import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import type { PersonReads } from '../persons/PersonReads';
import { activeLinks } from '../subjects/activeLinks';
import {
  applicationFromRow,
  whyUnobserved,
  type SeenApplicationRow,
} from './applicationFromRow';
import type { ApplicationRecord, ApplicationRow } from './applicationRecord';
import type { Observers } from './Observers';
import type { ApplicationPlace } from './pageOfApplications';
import type { ShownApplication } from './syncSummary';
import { whereToldBest } from './whereToldBest';

const SUMMARY_COLUMNS = [
  'application.id',
  'application.source',
  'application.name',
  'application.environment',
  'application.target',
  'application.sync',
  'application.health',
  'application.failing',
  'application.prune_only',
  'application.severity',
  'application.synced_at',
];

/** Reads of applications: those of a service by the links of their subjects. */
export class ApplicationReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): ApplicationReads {
    return new ApplicationReads(options);
  }

  /** Where each application of a service runs, of all of them. */
  async placesOf(options: {
    serviceId: string;
    observers: Pick<Observers, 'ranked'>;
  }): Promise<ApplicationPlace[]> {
    const query = this.#database('application')
      .whereIn(
        'subject_id',
        activeLinks(this.#database)
          .where('service_id', options.serviceId)
          .select('subject_id'),
      )
      .select('id', 'name', 'environment', 'target');
    whereToldBest(query, options.observers);
    const rows: Pick<
      ApplicationRow,
      'id' | 'name' | 'environment' | 'target'
    >[] = await query;
    return rows.map(({ id, name, environment, target }) => ({
      id,
      name,
      environment: environment ?? undefined,
      target: target ?? undefined,
    }));
  }

  /** Applications in whole, in the order of their ids as given; those that are gone are left out. */
  async byIds(options: {
    ids: string[];
    visible: Visibility;
    observers: Observers;
  }): Promise<ApplicationState[]> {
    const query = this.#seen().select('application.*');
    whereInList(query, { column: 'application.id', values: options.ids });
    const found: SeenApplicationRow[] = await query;
    const byId = new Map(found.map(row => [row.id, row]));
    const rows = options.ids.flatMap(id => byId.get(id) ?? []);
    const refs = await this.#serviceRefs(
      rows.map(row => row.subject_id),
      options.visible,
    );
    const person = await this.#persons.named(
      rows.map(
        ({ record }) =>
          (JSON.parse(record) as ApplicationRecord).operation?.actorId,
      ),
    );
    return rows.map(row =>
      applicationFromRow({
        row,
        observer: options.observers.of(row.source),
        serviceRefs: refs.get(row.subject_id) ?? [],
        person,
      }),
    );
  }

  /** What the tiles and rows of services say of their applications, by service. */
  async ofServices(options: {
    serviceIds: string[];
    observers: Observers;
  }): Promise<Map<string, ShownApplication[]>> {
    const query = this.#seen()
      .join(
        activeLinks(this.#database)
          .distinct('subject_id', 'service_id')
          .as('tie'),
        'tie.subject_id',
        'application.subject_id',
      )
      .select('tie.service_id', ...SUMMARY_COLUMNS);
    whereInList(query, {
      column: 'tie.service_id',
      values: options.serviceIds,
    });
    whereToldBest(query, options.observers);
    const rows: (SeenApplicationRow & { service_id: string })[] = await query;
    const found = new Map<string, ShownApplication[]>();
    for (const row of rows) {
      const unobserved = whyUnobserved(row, options.observers.of(row.source));
      const list = found.get(row.service_id) ?? [];
      list.push({
        name: row.name,
        environment: row.environment ?? undefined,
        target: row.target ?? undefined,
        sync: row.sync,
        health: row.health,
        failing: Boolean(row.failing),
        pruneOnly: Boolean(row.prune_only),
        severity: Number(row.severity),
        syncedAt: toNumber(row.synced_at as number | null) ?? undefined,
        source: row.source,
        unobserved,
      });
      found.set(row.service_id, list);
    }
    return found;
  }

  async #serviceRefs(
    subjectIds: string[],
    visible: Visibility,
  ): Promise<Map<string, string[]>> {
    const query = activeLinks(this.#database)
      .join('service', 'service.id', 'link.service_id')
      .whereNull('service.removed_at')
      .distinct('link.subject_id', 'service.ref')
      .orderBy('service.ref');
    whereInList(query, { column: 'link.subject_id', values: subjectIds });
    whereService(query, { column: 'service.id', visible });
    const found = new Map<string, string[]>();
    for (const { subject_id, ref } of await query) {
      found.set(subject_id, [...(found.get(subject_id) ?? []), ref]);
    }
    return found;
  }

  #seen(): Knex.QueryBuilder {
    return this.#database('application')
      .leftJoin('application_unseen as unseen', join =>
        join
          .on('unseen.source', 'application.source')
          .on('unseen.key', 'application.key'),
      )
      .select({
        unseen_since: 'unseen.since',
        unseen_reason: 'unseen.reason',
      });
  }
}
