import type { Service } from '@day2/backstage-plugin-day2-common';
import { annotations } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { cutPage, decodeCursor } from '../http/cursor';
import type { Visibility } from '../permissions/VisibleServices';
import { whereInList, whereService } from '../permissions/whereService';

/** A service as stored. */
export interface ServiceRow {
  id: string;
  ref: string;
  kind: string;
  title: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  domain?: string;
  tier?: number;
  etag?: string;
  annotations: Record<string, string>;
  links: { title?: string; url: string }[];
  /** Epoch milliseconds; set on what left the catalog. */
  removedAt?: number;
}

/** Reads of services. */
export class ServiceStore {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): ServiceStore {
    return new ServiceStore(options.database);
  }

  /** The service that has or had this entity ref. */
  async byRef(ref: string): Promise<ServiceRow | undefined> {
    const row = await this.#database('service_alias')
      .join('service', 'service.id', 'service_alias.service_id')
      .where('service_alias.ref', ref)
      .select('service.*')
      .first();
    return row ? toServiceRow(row) : undefined;
  }

  async byIds(ids: string[]): Promise<ServiceRow[]> {
    const query = this.#database('service').select('*');
    whereInList(query, { column: 'id', values: ids });
    return (await query).map(toServiceRow);
  }

  /** Ids of the services that have these entity refs now. */
  async idsOf(refs: string[]): Promise<string[]> {
    const query = this.#database('service').select('id');
    whereInList(query, { column: 'ref', values: refs });
    return (await query).map(row => row.id);
  }

  async list(options: {
    visible: Visibility;
    owner?: string;
    system?: string;
    text?: string;
    cursor?: string;
    limit: number;
  }): Promise<{ items: ServiceRow[]; nextCursor?: string }> {
    const after = decodeCursor({ cursor: options.cursor, kind: 'string' });
    const query = this.#database('service')
      .select('*')
      .whereNull('removed_at')
      .orderBy([{ column: 'title' }, { column: 'id' }])
      .limit(options.limit + 1);
    whereService(query, { column: 'service.id', visible: options.visible });
    if (options.owner) {
      query.where('owner', options.owner.toLowerCase());
    }
    if (options.system) {
      query.where('system', options.system.toLowerCase());
    }
    if (options.text) {
      const like = `%${escapeLike(options.text.toLowerCase())}%`;
      query.whereRaw(
        "(lower(title) like ? escape '\\' or ref like ? escape '\\')",
        [like, like],
      );
    }
    if (after) {
      query.whereRaw('(title, id) > (?, ?)', [after.at, after.id]);
    }
    const page = cutPage({
      rows: (await query).map(toServiceRow),
      limit: options.limit,
      position: row => ({ at: row.title, id: row.id }),
    });
    return { items: page.rows, nextCursor: page.nextCursor };
  }
}

/** A row as the API shows it. */
export function toService(row: ServiceRow): Service {
  return {
    id: row.id,
    ref: row.ref,
    title: row.title,
    type: row.type,
    lifecycle: row.lifecycle,
    owner: row.owner,
    system: row.system,
    domain: row.domain,
    tier: row.tier,
    ...(row.annotations[annotations.sandbox] === 'true'
      ? { sandbox: true }
      : {}),
  };
}

export function toServiceRow(row: Record<string, any>): ServiceRow {
  return {
    id: row.id,
    ref: row.ref,
    kind: row.kind,
    title: row.title,
    type: row.type ?? undefined,
    lifecycle: row.lifecycle ?? undefined,
    owner: row.owner ?? undefined,
    system: row.system ?? undefined,
    domain: row.domain ?? undefined,
    tier: row.tier ?? undefined,
    etag: row.etag ?? undefined,
    annotations: JSON.parse(row.annotations),
    links: JSON.parse(row.links),
    removedAt: row.removed_at === null ? undefined : Number(row.removed_at),
  };
}

/** Text for `like ... escape '\'`, its wildcards taken literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
