import type {
  ObjectiveStateWord,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { whereInList } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import { whereText } from '../timeline/searchText';
import type { Measurers } from './measurers';
import { pageOfObjectives, visibleSubjects } from './ObjectiveReads';
import type { ObjectiveRow } from './objectiveRecord';

type Facets = OperationOutput<'listObjectives'>['facets'];

/** What is asked of all objectives. */
export interface ObjectiveFilters {
  /** Refs in lower case: of a group and those below it. */
  owners?: string[];
  system?: string;
  state?: ObjectiveStateWord;
  text?: string;
}

/** All objectives that a caller may see: filtered and counted in SQL. */
export class ObjectiveList {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): ObjectiveList {
    return new ObjectiveList(options.database);
  }

  /** The least budget left first; what has no figure comes last. */
  async page(
    options: ObjectiveFilters & {
      visible: Visibility;
      measurers: Measurers;
      cursor?: string;
      limit: number;
    },
  ): Promise<{ rows: ObjectiveRow[]; nextCursor?: string }> {
    const { owners, system, state, text, measurers } = options;
    const subjects = visibleSubjects(this.#database, options.visible);
    if (owners) {
      whereInList(subjects, { column: 'service.owner', values: owners });
    }
    if (system) {
      subjects.where('service.system', system.toLowerCase());
    }
    const query = this.#database('objective').whereIn(
      'objective.subject_id',
      subjects,
    );
    if (state) {
      query.whereRaw(`${stateSql(measurers).sql} = ?`, [
        ...stateSql(measurers).bindings,
        state,
      ]);
    }
    if (text) {
      whereText(query, { column: 'objective.search', text });
    }
    return await pageOfObjectives({ ...options, query });
  }

  /** Whether a group itself owns a service with objectives that the caller may see. */
  async isOwner(options: {
    visible: Visibility;
    owner: string;
  }): Promise<boolean> {
    const row = await visibleSubjects(this.#database, options.visible)
      .where('service.owner', options.owner)
      .whereIn(
        'link.subject_id',
        this.#database('objective').select('subject_id'),
      )
      .first();
    return row !== undefined;
  }

  /** What all that the caller may see has. */
  async facets(options: {
    visible: Visibility;
    measurers: Measurers;
  }): Promise<Facets> {
    const { sql, bindings } = stateSql(options.measurers);
    const [owners, systems, states] = await Promise.all([
      this.#named(options.visible, 'owner'),
      this.#named(options.visible, 'system'),
      this.#database('objective')
        .whereIn(
          'objective.subject_id',
          visibleSubjects(this.#database, options.visible),
        )
        .groupByRaw('1')
        .select(this.#database.raw(`${sql} as state`, bindings))
        .count({ n: '*' }) as Promise<Record<string, any>[]>,
    ]);
    const counts = states.map(({ state, n }): [ObjectiveStateWord, number] => [
      state,
      Number(n),
    ]);
    return {
      owners,
      systems,
      states: Object.fromEntries(counts),
      total: counts.reduce((sum, [, n]) => sum + n, 0),
    };
  }

  async #named(
    visible: Visibility,
    column: 'owner' | 'system',
  ): Promise<string[]> {
    return await visibleSubjects(this.#database, visible)
      .clearSelect()
      .whereIn(
        'link.subject_id',
        this.#database('objective').select('subject_id'),
      )
      .whereNotNull(`service.${column}`)
      .distinct(`service.${column}`)
      .orderBy(`service.${column}`)
      .pluck(`service.${column}`);
  }
}

/** The state at a read, as `objectiveNow` tells it. */
function stateSql(measurers: Measurers): { sql: string; bindings: any[] } {
  const all = [...measurers];
  const stale = all.map(
    () =>
      "when objective.measured_by = ? then case when objective.known_to >= cast(? as bigint) then objective.state else 'unknown' end",
  );
  return {
    sql: `case when objective.indicator_id is null then 'invalid' ${stale.join(
      ' ',
    )} else 'unmeasured' end`,
    bindings: all.flatMap(([id, { freshFrom }]) => [id, freshFrom]),
  };
}
