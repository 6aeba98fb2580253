import {
  changeKindOf,
  emergencyReasonsOf,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  canonicalJson,
  chunksOf,
  hashOf,
  toNumber,
  type ChangeRecord,
  type ChangeRow,
  type TimelineRow,
} from '../database';
import { environmentOf } from '../ingest/ObservationStore';
import { parsePayload, type ChangePayload } from '../ingest/payloads';
import { activeLinks } from '../subjects/activeLinks';
import { subjectIdOf } from '../subjects/SubjectStore';
import {
  fieldCountsOf,
  partsOf,
  type ChangeTie,
  type LinkedSubject,
  type ObservedChange,
} from './changeParts';
import { changeTimeline } from './changeTimeline';
import { deployedPlaces } from './deployedPlaces';
import { shaPrefixes } from './shaPrefixes';

/** A change as derived, with everything that is written for it. */
export interface DerivedChange {
  row: ChangeRow;
  ties: ChangeTie[];
  timeline: TimelineRow[];
  /** `service environment` where nothing but the version moved. */
  versionOnly: Set<string>;
}

/** What a change depends on beside its own observation. */
interface Surroundings {
  links: Map<string, LinkedSubject[]>;
  /** Sha of the commit that reverted it, by change. */
  revertedBy: Map<string, string>;
  /** `repository sha service environment` of desired commits that are a deployment's. */
  deployed: Set<string>;
}

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
    const surroundings: Surroundings = {
      links: await this.#links(ids),
      revertedBy: await this.#reverts(observed),
      deployed: await this.#deployed(observed),
    };
    return new Map(
      observed.map(each => [
        each.id,
        deriveChange(each, surroundings, this.#environments),
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

function deriveChange(
  observed: ObservedChange,
  surroundings: Surroundings,
  environments: EnvironmentRule[],
): DerivedChange {
  const { id, source, key, payload, withdrawnReason } = observed;
  const emergencyReasons = emergencyReasonsOf(payload.marks ?? []);
  const record: ChangeRecord = {
    message: payload.message,
    supersededReason: withdrawnReason,
    authorIds: payload.authorIds,
    url: payload.url,
    issueKeys: payload.issueKeys,
    pullRequest: payload.pullRequest,
    isMerge: payload.isMerge,
    revertedBy: surroundings.revertedBy.get(id),
    emergencyReasons,
    fields: payload.touches.flatMap(touch =>
      touch.fields.map(field => ({
        ...field,
        subjectId: subjectIdOf(source, touch.subject.key),
        environment: environmentOf(
          field.environment ?? touch.environment,
          environments,
        ),
        target: field.target ?? touch.target,
      })),
    ),
    fieldCount: payload.fieldCount,
    fieldCounts: fieldCountsOf(observed),
  };
  const row: Omit<ChangeRow, 'hash'> = {
    id,
    source,
    key,
    kind: changeKindOf(
      payload.touches.map(({ subject, versionMoved, fields }) => ({
        subjectKind: subject.kind,
        versionMoved,
        fields: fields.length,
      })),
    ),
    at: payload.at,
    repository: payload.repository ?? null,
    sha: payload.sha ?? null,
    reverts: payload.reverts?.toLowerCase() ?? null,
    state: withdrawnReason === undefined ? 'implemented' : 'superseded',
    emergency: emergencyReasons.length > 0,
    title: payload.title,
    record: canonicalJson(record),
  };
  const parts = partsOf({
    observed,
    links: surroundings.links.get(id) ?? [],
    environments,
  });
  const ties = parts.map(({ tie }) => tie);
  const versionOnly = new Set(
    parts
      .filter(({ fieldCount }) => row.kind === 'version' && fieldCount === 0)
      .map(({ tie }) => `${tie.service_id} ${tie.environment}`),
  );
  const timeline = parts.flatMap(part => {
    const place = `${part.tie.service_id} ${part.tie.environment}`;
    // The deployment tells it already, unless more than the version moved.
    return versionOnly.has(place) &&
      surroundings.deployed.has(`${row.repository} ${row.sha} ${place}`)
      ? []
      : [changeTimeline({ row, record, ...part, marks: payload.marks ?? [] })];
  });
  return {
    row: { ...row, hash: hashOf({ row, ties, timeline }) },
    ties,
    timeline,
    versionOnly,
  };
}
