import type {
  IncidentRecord,
  InstantName,
  Person,
} from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type { Visibility } from '../permissions/VisibleServices';
import { whereInList } from '../permissions/whereService';
import type { PersonReads } from '../persons/PersonReads';
import type { SuspectRow } from '../suspects/suspectRows';
import {
  readIncident,
  type IncidentRow,
  type StoredIncident,
} from './incidentRows';
import { shownIncident, type HitService } from './shownIncident';

/** Which of a few services a caller may see. */
export type VisibleAmong = (serviceIds: string[]) => Promise<Visibility>;

/** One incident with what it is told by. */
export interface FoundIncident {
  row: IncidentRow;
  incident: StoredIncident;
  services: HitService[];
  visible: Visibility;
  shown: IncidentRecord;
}

/** Reads of incidents. */
export class IncidentReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;
  readonly #sources: () => Source[];

  private constructor(options: IncidentReadsOptions) {
    this.#database = options.database;
    this.#persons = options.persons;
    this.#sources = options.sources;
  }

  static create(options: IncidentReadsOptions): IncidentReads {
    return new IncidentReads(options);
  }

  /**
   * One incident by its id or one that it had, where one of its services is
   * visible.
   */
  async byId(options: {
    id: string;
    visibleAmong: VisibleAmong;
  }): Promise<FoundIncident | undefined> {
    const row: IncidentRow | undefined = await this.#database('incident')
      .whereIn(
        'id',
        this.#database('incident_alias')
          .where('alias', options.id)
          .select('incident_id'),
      )
      .first('*');
    if (!row) {
      return undefined;
    }
    const hit = await this.#services([row.id]);
    const ids = (hit.get(row.id) ?? []).map(({ id }) => id);
    const visible = await options.visibleAmong(ids);
    const [found] = await this.shown({ rows: [readIncident(row)], visible });
    return found?.services.some(each => each.visible) ? found : undefined;
  }

  /**
   * In the order of the rows.
   *
   * @param options - `most`: of the references of each, and of the words on each
   * of its instants; all where absent
   */
  async shown(options: {
    rows: IncidentRow[];
    visible: Visibility;
    most?: number;
  }): Promise<FoundIncident[]> {
    const { rows, visible, most } = options;
    if (rows.length === 0) {
      return [];
    }
    const ids = rows.map(({ id }) => id);
    const incidents = rows.map(row => JSON.parse(row.record) as StoredIncident);
    const [hit, suspects, person] = await Promise.all([
      this.#services(ids),
      this.#suspects(ids),
      this.#personsIn(incidents),
    ]);
    const sees = seeing(visible);
    const titles = new Map(this.#sources().map(({ id, title }) => [id, title]));
    return rows.map((row, at) => {
      const services = (hit.get(row.id) ?? []).map(each => ({
        ...each,
        visible: sees(each.id),
      }));
      const suspect = suspects.get(row.id);
      return {
        row,
        incident: incidents[at],
        services,
        visible,
        shown: shownIncident({
          row,
          incident: incidents[at],
          showing: {
            services,
            sourceTitle: source => titles.get(source) ?? source,
            person,
            most,
            // Of a service within reach of which nothing may be seen.
            suspect:
              suspect &&
              (suspect.service_id === null || sees(suspect.service_id))
                ? suspectOf(suspect)
                : undefined,
          },
        }),
      };
    });
  }

  /** Names of everybody whose word is in incidents. */
  async #personsIn(
    incidents: readonly StoredIncident[],
  ): Promise<(id: string) => Person> {
    const texts = incidents.map(({ instants, priority, contradictions }) =>
      JSON.stringify([
        (Object.keys(instants) as InstantName[]).map(
          name => instants[name].words,
        ),
        priority,
        contradictions,
      ]),
    );
    return await this.#persons.named(
      texts.flatMap(text => text.match(/\b[0-9a-f]{32}\b/g) ?? []),
    );
  }

  async #services(ids: string[]): Promise<Map<string, HitService[]>> {
    const query = this.#database('incident_service')
      .join('service', 'service.id', 'incident_service.service_id')
      .distinct(
        'incident_service.incident_id',
        'service.id',
        'service.ref',
        'service.title',
      )
      .orderBy(['service.title', 'service.id']);
    whereInList(query, { column: 'incident_service.incident_id', values: ids });
    const found = new Map<string, HitService[]>();
    for (const { incident_id, id, ref, title } of await query) {
      const known = found.get(incident_id) ?? [];
      found.set(incident_id, known);
      known.push({ id, ref, title, visible: false });
    }
    return found;
  }

  /** The likeliest of each, where one is confirmed or suspected. */
  async #suspects(ids: string[]): Promise<Map<string, SuspectRow>> {
    const query = this.#database('suspect')
      .where({ role: 'cause', rank: 0 })
      .whereIn('state', ['confirmed', 'suspected'])
      .select('*');
    whereInList(query, { column: 'incident_id', values: ids });
    const rows: SuspectRow[] = await query;
    return new Map(rows.map(row => [row.incident_id, row]));
  }
}

/** Whether a service may be seen. */
export function seeing(visible: Visibility): (serviceId: string) => boolean {
  const ids = new Set(visible.kind === 'some' ? visible.serviceIds : []);
  return id => visible.kind === 'all' || ids.has(id);
}

function suspectOf(row: SuspectRow): IncidentRecord['suspect'] {
  return {
    id: row.candidate_id,
    kind: row.kind === 'change' ? 'change' : 'deployment',
    label: (JSON.parse(row.record) as { label: string }).label,
    state: row.state === 'confirmed' ? 'confirmed' : 'suspected',
    probability: row.probability,
  };
}

/** What they are read with. */
export interface IncidentReadsOptions {
  database: Knex;
  persons: PersonReads;
  sources: () => Source[];
}
