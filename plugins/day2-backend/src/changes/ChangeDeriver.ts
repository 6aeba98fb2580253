import {
  anyPathMatches,
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
import { changeTimeline } from './changeTimeline';
import { shaPrefixes } from './shaPrefixes';

/** A row of `record_service` for a change. */
export interface ChangeTie {
  record_id: string;
  service_id: string;
  environment: string;
  role: 'touched';
  via: string;
  at: number;
}

/** A change as derived, with everything that is written for it. */
export interface DerivedChange {
  row: ChangeRow;
  ties: ChangeTie[];
  timeline: TimelineRow[];
}

interface Observed {
  id: string;
  source: string;
  key: string;
  payload: ChangePayload;
  withdrawnReason?: string;
}

interface LinkedSubject {
  subjectKind: string;
  environment: string;
  serviceId: string;
  reason: string;
  paths?: string[];
}

/** What a change depends on beside its own observation. */
interface Surroundings {
  links: Map<string, LinkedSubject[]>;
  /** Sha of the commit that reverted it, by change. */
  revertedBy: Map<string, string>;
  /** `sha service environment` of deployments that are a desired commit. */
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

  async #observed(ids: string[]): Promise<Observed[]> {
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

  async #reverts(observed: Observed[]): Promise<Map<string, string>> {
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

  async #deployed(observed: Observed[]): Promise<Set<string>> {
    const shas = new Set(observed.flatMap(({ payload }) => payload.sha ?? []));
    const found = new Set<string>();
    for (const chunk of chunksOf([...shas])) {
      const rows = await this.#database('deployment')
        .whereIn('manifest_sha', chunk)
        .where('basis', 'desired')
        .select('manifest_sha', 'service_id', 'environment');
      for (const row of rows) {
        found.add(`${row.manifest_sha} ${row.service_id} ${row.environment}`);
      }
    }
    return found;
  }
}

function deriveChange(
  observed: Observed,
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
        environment: environmentOf(
          field.environment ?? touch.environment,
          environments,
        ),
        target: field.target ?? touch.target,
      })),
    ),
    fieldCount: payload.fieldCount,
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
  const ties = tiesOf(observed, surroundings.links.get(id) ?? []);
  const timeline = ties.flatMap(tie => {
    const others = record.fields.filter(
      field => (field.environment ?? '') === tie.environment,
    ).length;
    const isDeployment =
      row.kind === 'version' &&
      surroundings.deployed.has(
        `${row.sha} ${tie.service_id} ${tie.environment}`,
      );
    // The deployment tells it already, unless more than the version moved.
    return isDeployment && others === 0
      ? []
      : [changeTimeline({ row, record, tie, marks: payload.marks ?? [] })];
  });
  return {
    row: { ...row, hash: hashOf({ row, ties, timeline }) },
    ties,
    timeline,
  };
}

/** One tie for each service and environment, with what tied it in words. */
function tiesOf(
  { id, payload }: Observed,
  links: LinkedSubject[],
): ChangeTie[] {
  const ties = new Map<string, ChangeTie>();
  for (const link of links) {
    const narrowed =
      link.subjectKind === 'repository' && link.paths
        ? anyPathMatches({
            patterns: link.paths,
            paths: payload.paths ?? [],
            cut: payload.pathsCut || payload.paths === undefined,
          })
        : true;
    if (
      narrowed === false ||
      (narrowed === undefined && payload.paths?.length === 0)
    ) {
      continue;
    }
    const via =
      narrowed === undefined
        ? `${link.reason}; not all of its paths are known`
        : link.reason;
    const place = `${link.serviceId} ${link.environment}`;
    const known = ties.get(place);
    if (!known || via < known.via) {
      ties.set(place, {
        record_id: id,
        service_id: link.serviceId,
        environment: link.environment,
        role: 'touched',
        via: via.slice(0, 255),
        at: payload.at,
      });
    }
  }
  return [...ties.keys()].sort().map(place => ties.get(place) as ChangeTie);
}
