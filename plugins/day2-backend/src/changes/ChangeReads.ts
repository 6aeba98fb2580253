import type { Change } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { ChangeRecord, ChangeRow } from '../database';
import { whereInList } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import type { PersonReads } from '../persons/PersonReads';
import { newestPage, type PageRequest } from '../timeline/newestPage';
import { whereText } from '../timeline/searchText';
import { changeFromRow } from './changeFromRow';
import { ChangeSurroundings } from './ChangeSurroundings';

/** Which of a few services a caller may see. */
export type VisibleAmong = (serviceIds: string[]) => Promise<Visibility>;

/** Reads of changes. */
export class ChangeReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): ChangeReads {
    return new ChangeReads(options);
  }

  /**
   * Changes of a service that the caller may see, newest first. With an
   * environment: those there, and those of the application itself. Only visible
   * services are named.
   */
  async list(
    options: PageRequest & {
      serviceId: string;
      environment?: string;
      text?: string;
      visibleAmong: VisibleAmong;
    },
  ): Promise<{ items: Change[]; nextCursor?: string }> {
    // A change may be tied to one service in several environments: once here.
    const query = this.#database('record_service')
      .join('change', 'change.id', 'record_service.record_id')
      .where('record_service.service_id', options.serviceId)
      .distinct('record_service.at', 'record_service.record_id');
    if (options.environment !== undefined) {
      query.whereIn('record_service.environment', [options.environment, '']);
    }
    if (options.text) {
      whereText(query, { column: 'change.search', text: options.text });
    }
    const page = await newestPage<{ record_id: string }>({
      ...options,
      query,
      at: 'record_service.at',
      id: 'record_service.record_id',
    });
    const { changes } = await this.#byIds({
      ids: page.rows.map(row => row.record_id),
      visibleAmong: options.visibleAmong,
      known: options.serviceId,
    });
    return { items: changes, nextCursor: page.nextCursor };
  }

  /**
   * One change by its id or one merged into it, where one of its services is
   * visible; with what of its surroundings is.
   */
  async byId(options: {
    id: string;
    visibleAmong: VisibleAmong;
  }): Promise<{ change: Change; visible: Visibility } | undefined> {
    const { changes, visible } = await this.#byIds({
      ids: [options.id],
      visibleAmong: options.visibleAmong,
    });
    if (changes.length > 0) {
      return { change: changes[0], visible };
    }
    const alias = await this.#database('record_alias')
      .where('alias', options.id)
      .first('record_id');
    return alias
      ? await this.byId({ ...options, id: alias.record_id })
      : undefined;
  }

  /** In the order of the ids; those without a visible service are left out. */
  async #byIds(options: {
    ids: string[];
    visibleAmong: VisibleAmong;
    /** A service that the caller is known to see. */
    known?: string;
  }): Promise<{ changes: Change[]; visible: Visibility }> {
    const query = this.#database('change').select('*');
    whereInList(query, { column: 'id', values: options.ids });
    const found: ChangeRow[] = options.ids.length > 0 ? await query : [];
    if (found.length === 0) {
      return { changes: [], visible: { kind: 'none' } };
    }
    const rows = new Map(found.map(row => [row.id, row]));
    const surroundings = await ChangeSurroundings.load(this.#database, found);
    const visible = withKnown(
      await options.visibleAmong(
        surroundings.serviceIds().filter(id => id !== options.known),
      ),
      options.known,
    );
    const { services, subjects, deploymentIds } = surroundings.seen(visible);
    const records = new Map(
      found.map(row => [row.id, JSON.parse(row.record) as ChangeRecord]),
    );
    const person = await this.#persons.named(
      [...records.values()].flatMap(record => record.authorIds),
    );
    const changes = options.ids.flatMap(id => {
      const row = rows.get(id);
      const record = records.get(id);
      const touched = services.get(id);
      return row && record && touched
        ? [
            changeFromRow({
              row,
              record,
              person,
              services: touched,
              subjects: subjects && (subjects.get(id) ?? new Set()),
              deploymentIds: deploymentIds.get(id) ?? [],
            }),
          ]
        : [];
    });
    return { changes, visible };
  }
}

function withKnown(visible: Visibility, known: string | undefined): Visibility {
  if (known === undefined || visible.kind === 'all') {
    return visible;
  }
  const others = visible.kind === 'some' ? visible.serviceIds : [];
  return { kind: 'some', serviceIds: [known, ...others] };
}
