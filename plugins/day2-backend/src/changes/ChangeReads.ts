import type { Change, Person } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber, type ChangeRecord, type ChangeRow } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import { iso, type Range } from '../http/range';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import type { PersonReads } from '../persons/PersonReads';
import { escapeLike } from '../services/ServiceStore';
import { activeLinks } from '../subjects/activeLinks';

type Touched = Change['services'];

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
   * Changes of a service, newest first. With an environment: those there, and
   * those of the application itself. Only visible services are named.
   */
  async list(options: {
    serviceId: string;
    environment?: string;
    range: Range;
    text?: string;
    cursor?: string;
    limit: number;
    visible: Visibility;
  }): Promise<{ items: Change[]; nextCursor?: string }> {
    const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
    // A change may be tied to one service in several environments: once here.
    const query = this.#database('record_service')
      .join('change', 'change.id', 'record_service.record_id')
      .where('record_service.service_id', options.serviceId)
      .where('record_service.at', '>=', options.range.from)
      .where('record_service.at', '<', options.range.to)
      .distinct('record_service.at', 'record_service.record_id')
      .orderBy([
        { column: 'record_service.at', order: 'desc' },
        { column: 'record_service.record_id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (options.environment !== undefined) {
      query.whereIn('record_service.environment', [options.environment, '']);
    }
    if (options.text) {
      query.whereRaw("lower(change.title) like ? escape '\\'", [
        `%${escapeLike(options.text.toLowerCase())}%`,
      ]);
    }
    if (after) {
      query.whereRaw('(record_service.at, record_service.record_id) < (?, ?)', [
        after.at,
        after.id,
      ]);
    }
    const page = cutPage({
      rows: (await query) as { at: number; record_id: string }[],
      limit: options.limit,
      position: row => ({ at: toNumber(row.at), id: row.record_id }),
    });
    const items = await this.byIds({
      ids: page.rows.map(row => row.record_id),
      visible: options.visible,
      alsoVisible: options.serviceId,
    });
    return { items, nextCursor: page.nextCursor };
  }

  /** One change by its id or one merged into it, where one of its services is visible. */
  async byId(options: {
    id: string;
    visible: Visibility;
  }): Promise<Change | undefined> {
    const [change] = await this.byIds({
      ids: [options.id],
      visible: options.visible,
    });
    if (change) {
      return change;
    }
    const alias = await this.#database('record_alias')
      .where('alias', options.id)
      .first('record_id');
    return alias
      ? await this.byId({ id: alias.record_id, visible: options.visible })
      : undefined;
  }

  /** In the order of the ids; those without a visible service are left out. */
  async byIds(options: {
    ids: string[];
    visible: Visibility;
    /** A service known to be visible although the set was not asked for it. */
    alsoVisible?: string;
  }): Promise<Change[]> {
    if (options.ids.length === 0) {
      return [];
    }
    const query = this.#database('change').select('*');
    whereInList(query, { column: 'id', values: options.ids });
    const rows = new Map<string, ChangeRow>(
      (await query).map((row: ChangeRow) => [row.id, row]),
    );
    const services = await this.#services(options);
    const subjects = await this.#visibleSubjects(options);
    const deployments = await this.#deployments([...rows.values()], options);
    const records = new Map(
      [...rows].map(([id, row]) => [
        id,
        JSON.parse(row.record) as ChangeRecord,
      ]),
    );
    const person = await this.#persons.named(
      [...records.values()].flatMap(record => record.authorIds),
    );
    return options.ids.flatMap(id => {
      const row = rows.get(id);
      const record = records.get(id);
      const touched = services.get(id);
      return row && record && touched
        ? [
            shown({
              row,
              record,
              person,
              services: touched,
              subjects: subjects && (subjects.get(id) ?? new Set()),
              deploymentIds: deployments.get(id) ?? [],
            }),
          ]
        : [];
    });
  }

  async #services(options: {
    ids: string[];
    visible: Visibility;
    alsoVisible?: string;
  }): Promise<Map<string, Touched>> {
    const query = this.#database('record_service')
      .join('service', 'service.id', 'record_service.service_id')
      .select(
        'record_service.record_id',
        'record_service.environment',
        'record_service.via',
        'service.ref',
      )
      .orderBy(['service.ref', 'record_service.environment']);
    whereInList(query, {
      column: 'record_service.record_id',
      values: options.ids,
    });
    narrow(query, 'record_service.service_id', options);
    const services = new Map<string, Touched>();
    for (const row of await query) {
      const list = services.get(row.record_id) ?? [];
      list.push({
        ref: row.ref,
        environment: row.environment === '' ? undefined : row.environment,
        via: row.via,
      });
      services.set(row.record_id, list);
    }
    return services;
  }

  /** The subjects of visible services by change; undefined where all are visible. */
  async #visibleSubjects(options: {
    ids: string[];
    visible: Visibility;
    alsoVisible?: string;
  }): Promise<Map<string, Set<string>> | undefined> {
    if (options.visible.kind === 'all') {
      return undefined;
    }
    const query = this.#database('change_subject')
      .join(
        activeLinks(this.#database).as('link'),
        'link.subject_id',
        'change_subject.subject_id',
      )
      .distinct('change_subject.change_id', 'change_subject.subject_id');
    whereInList(query, {
      column: 'change_subject.change_id',
      values: options.ids,
    });
    narrow(query, 'link.service_id', options);
    const found = new Map<string, Set<string>>();
    for (const { change_id, subject_id } of await query) {
      found.set(change_id, (found.get(change_id) ?? new Set()).add(subject_id));
    }
    return found;
  }

  /** Deployments that carried the changes: as application commits, or as the desired commit itself. */
  async #deployments(
    rows: ChangeRow[],
    options: { visible: Visibility; alsoVisible?: string },
  ): Promise<Map<string, string[]>> {
    const bySha = new Map<string, string>();
    for (const row of rows) {
      if (row.sha !== null) {
        bySha.set(`${row.repository} ${row.sha}`, row.id);
      }
    }
    const result = new Map<string, string[]>();
    if (bySha.size === 0) {
      return result;
    }
    const shas = rows.flatMap(row => row.sha ?? []);
    const carried = this.#database('deployment_commit')
      .join('deployment', 'deployment.id', 'deployment_commit.deployment_id')
      .select(
        'deployment.id',
        'deployment_commit.repository',
        'deployment_commit.sha',
      )
      .orderBy(['deployment.finished_at', 'deployment.id']);
    whereInList(carried, { column: 'deployment_commit.sha', values: shas });
    narrow(carried, 'deployment.service_id', options);
    const desired = this.#database('deployment')
      .select('id', 'manifest_sha as sha', 'record')
      .orderBy(['finished_at', 'id']);
    whereInList(desired, { column: 'manifest_sha', values: shas });
    narrow(desired, 'deployment.service_id', options);
    // A part of a deployment, as of several commits to one environment each.
    const parts = this.#database('record_source')
      .join('deployment', 'deployment.id', 'record_source.record_id')
      .select('deployment.id', 'record_source.repository', 'record_source.sha')
      .orderBy(['deployment.finished_at', 'deployment.id']);
    whereInList(parts, { column: 'record_source.sha', values: shas });
    narrow(parts, 'deployment.service_id', options);
    for (const row of [
      ...(await desired),
      ...(await parts),
      ...(await carried),
    ]) {
      const repository =
        row.repository ?? JSON.parse(row.record).manifestRevision?.repository;
      const change = bySha.get(`${repository} ${row.sha}`);
      if (change) {
        const ids = result.get(change) ?? [];
        result.set(change, ids.includes(row.id) ? ids : [...ids, row.id]);
      }
    }
    return result;
  }
}

function narrow(
  query: Knex.QueryBuilder,
  column: string,
  options: { visible: Visibility; alsoVisible?: string },
): void {
  query.where(inner => {
    whereService(inner, { column, visible: options.visible });
    if (options.alsoVisible !== undefined && options.visible.kind !== 'all') {
      inner.orWhere(column, options.alsoVisible);
    }
  });
}

function shown(options: {
  row: ChangeRow;
  record: ChangeRecord;
  person: (id: string) => Person;
  services: Touched;
  /** Subjects that the caller may see; undefined for all. */
  subjects: Set<string> | undefined;
  deploymentIds: string[];
}): Change {
  const { row, record, subjects } = options;
  const fieldCount = subjects
    ? [...subjects].reduce((sum, id) => sum + (record.fieldCounts[id] ?? 0), 0)
    : record.fieldCount;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    message: record.message,
    at: iso(toNumber(row.at)),
    state: row.state,
    supersededReason: record.supersededReason,
    authors: record.authorIds.map(options.person),
    repository: row.repository ?? undefined,
    sha: row.sha ?? undefined,
    url: record.url,
    issueKeys: record.issueKeys,
    pullRequest: record.pullRequest,
    isMerge: record.isMerge,
    reverts: row.reverts ?? undefined,
    revertedBy: record.revertedBy,
    emergency: Boolean(row.emergency),
    emergencyReasons: record.emergencyReasons,
    fields: record.fields
      .filter(({ subjectId }) => !subjects || subjects.has(subjectId))
      .map(({ subjectId: _, ...field }) => field),
    fieldCount,
    hiddenFieldCount:
      fieldCount < record.fieldCount
        ? record.fieldCount - fieldCount
        : undefined,
    services: options.services,
    deploymentIds: options.deploymentIds,
  };
}
