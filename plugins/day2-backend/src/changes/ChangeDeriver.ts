import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { parsePayload, type ChangePayload } from '../ingest/payloads';
import { activeLinks } from '../subjects/activeLinks';
import type { LinkedSubject, ObservedChange } from './changeParts';
import { deployedPlaces } from './deployedPlaces';
import {
  deriveChange,
  type ChangeContext,
  type DerivedChange,
} from './deriveChange';
import { shaPrefixes } from './shaPrefixes';

/** Derives changes and what they are tied to from what sources said. */
export class ChangeDeriver {
  readonly #database: Knex;
  readonly #environments: EnvironmentRule[];

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }) {
    this.#database = options.database;
    this.#environments = options.environments;
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }): ChangeDeriver {
    return new ChangeDeriver(options);
  }

  /** The changes of these ids; those without an observation are missing. */
  async derive(ids: string[]): Promise<Map<string, DerivedChange>> {
    const observed = await this.#observed(ids);
    const context: ChangeContext = {
      links: await this.#links(ids),
      revertedBy: await this.#reverts(observed),
      deployed: await this.#deployed(observed),
    };
    return new Map(
      observed.map(each => [
        each.id,
        deriveChange(each, context, this.#environments),
      ]),
    );
  }

  async #observed(ids: string[]): Promise<ObservedChange[]> {
    const rows: Record<string, any>[] = await this.#database('observation')
      .whereIn('record_id', ids)
      .select('record_id', 'source', 'key', 'payload', 'withdrawn_reason');
    return rows.map(row => ({
      id: row.record_id,
      source: row.source,
      key: row.key,
      payload: parsePayload<ChangePayload>(row.payload),
      withdrawnReason: row.withdrawn_reason ?? undefined,
    }));
  }

  async #links(ids: string[]): Promise<Map<string, LinkedSubject[]>> {
    const rows: Record<string, any>[] = await this.#database('change_subject')
      .join('subject', 'subject.id', 'change_subject.subject_id')
      .join(
        activeLinks(this.#database).as('link'),
        'link.subject_id',
        'change_subject.subject_id',
      )
      .whereIn('change_subject.change_id', ids)
      .select(
        'change_subject.change_id',
        'change_subject.subject_id',
        'change_subject.environment',
        'subject.kind',
        'link.service_id',
        'link.reason',
        'link.paths',
      );
    const found = new Map<string, LinkedSubject[]>();
    for (const row of rows) {
      const list = found.get(row.change_id) ?? [];
      list.push({
        subjectId: row.subject_id,
        subjectKind: row.kind,
        environment: row.environment,
        serviceId: row.service_id,
        reason: row.reason,
        paths: row.paths ? JSON.parse(row.paths) : undefined,
      });
      found.set(row.change_id, list);
    }
    return found;
  }

  async #reverts(observed: ObservedChange[]): Promise<Map<string, string>> {
    const wanted = observed.flatMap(({ payload }) =>
      payload.sha ? shaPrefixes(payload.sha) : [],
    );
    const reverting: {
      repository: string;
      reverts: string;
      sha: string;
      at: number;
    }[] = [];
    for (const chunk of chunksOf([...new Set(wanted)])) {
      reverting.push(
        ...(await this.#database('change')
          .whereIn('reverts', chunk)
          .where('state', 'implemented')
          .whereNotNull('sha')
          .whereNotNull('repository')
          .select('repository', 'reverts', 'sha', 'at')),
      );
    }
    // The first one that reverted it, whatever came in first.
    reverting.sort(
      (a, b) => toNumber(a.at) - toNumber(b.at) || (a.sha < b.sha ? -1 : 1),
    );
    const byTarget = new Map<string, string>();
    for (const { repository, reverts, sha } of reverting) {
      const target = `${repository} ${reverts}`;
      if (!byTarget.has(target)) {
        byTarget.set(target, sha);
      }
    }
    const found = new Map<string, string>();
    for (const { id, payload } of observed) {
      for (const prefix of payload.sha ? shaPrefixes(payload.sha) : []) {
        const sha = byTarget.get(`${payload.repository} ${prefix}`);
        if (sha) {
          found.set(id, sha);
          break;
        }
      }
    }
    return found;
  }

  async #deployed(observed: ObservedChange[]): Promise<Set<string>> {
    return deployedPlaces(
      this.#database,
      observed.flatMap(({ payload }) => payload.sha ?? []),
    );
  }
}
