import {
  deriveSequence,
  type SequenceDeployment,
  type SequenceObservation,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  Breather,
  canonicalJson,
  deterministicId,
  hashOf,
  toNumber,
  type DeploymentRecord,
  type DeploymentRow,
} from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import { parsePayload, type DeploymentPayload } from '../ingest/payloads';
import { carriedCommits } from '../repositories/carriedCommits';
import {
  RevisionResolver,
  type ResolvedRevision,
} from '../repositories/RevisionResolver';
import {
  serviceRepositories,
  type ServiceRepository,
} from '../repositories/serviceRepositories';
import { activeLinks } from '../subjects/activeLinks';
import { deploymentTimeline } from './deploymentTimeline';
import type { DerivedDeployment, StoredDeployment } from './DeploymentStore';

type Carried = {
  count: number;
  complete: boolean;
  reason?: string;
  key?: string;
  /** Absent where those stored already are right. */
  commits?: { repository: string; sha: string }[];
};

/** Derives the deployments of one service in one environment from what sources said. */
export class SequenceDeriver {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): SequenceDeriver {
    return new SequenceDeriver(options.database);
  }

  async derive(options: {
    sequence: SequenceKey;
    stored: Map<string, StoredDeployment>;
  }): Promise<DerivedDeployment[]> {
    const { sequence, stored } = options;
    const { serviceId, environment } = sequence;
    const deployments = deriveSequence({
      observations: await this.#observations(sequence),
    });
    const ids = deployments.map(({ first }) =>
      deterministicId(serviceId, environment, first.source, first.key),
    );
    const repositories = await serviceRepositories({
      database: this.#database,
      serviceId,
    });
    const resolver = await RevisionResolver.create({
      database: this.#database,
      repositories,
      claims: deployments,
    });
    const revisions = deployments.map(each => resolver.resolve(each));
    const derived: DerivedDeployment[] = [];
    const breather = Breather.create();
    for (const [at, deployment] of deployments.entries()) {
      const previous =
        deployment.previous === undefined
          ? undefined
          : {
              id: ids[deployment.previous],
              version: deployments[deployment.previous].version,
              revision: revisions[deployment.previous],
            };
      await breather.breathe();
      const carried = await this.#carried({
        breather,
        deployment,
        revision: revisions[at],
        previous,
        repositories,
        stored: stored.get(ids[at]),
      });
      derived.push(
        toDerived({
          sequence,
          id: ids[at],
          ids,
          position: at,
          deployment,
          revision: revisions[at],
          previous,
          carried,
        }),
      );
    }
    return derived;
  }

  async #observations(sequence: SequenceKey): Promise<SequenceObservation[]> {
    const rows: Record<string, any>[] = await this.#database('observation')
      .whereIn(
        'subject_id',
        activeLinks(this.#database)
          .where('service_id', sequence.serviceId)
          .select('subject_id'),
      )
      .where({ environment: sequence.environment, kind: 'deployment' })
      .whereNull('withdrawn_at')
      .select('source', 'key', 'payload');
    return rows.map(({ source, key, payload }) => {
      const {
        subject: _,
        environment: __,
        ...content
      } = parsePayload<DeploymentPayload>(payload);
      return { ...content, source, key };
    });
  }

  async #carried(options: {
    deployment: SequenceDeployment;
    revision: ResolvedRevision;
    previous: { version: string; revision: ResolvedRevision } | undefined;
    repositories: ServiceRepository[];
    stored: StoredDeployment | undefined;
    breather: Breather;
  }): Promise<Carried> {
    const { deployment, revision, previous, stored } = options;
    const nothing = (complete: boolean, reason: string): Carried => ({
      count: 0,
      complete,
      reason,
      commits: [],
    });
    if (!previous) {
      return nothing(true, 'First recorded deployment');
    }
    if (deployment.rollback) {
      return nothing(true, 'A rollback carries nothing new');
    }
    const { repository, sha } = revision;
    if (!repository || !sha) {
      return nothing(false, 'The commit of the application is not known');
    }
    const before = previous.revision;
    if (!before.sha) {
      return nothing(
        false,
        `The commit of the version before, ${previous.version}, is not known`,
      );
    }
    if (before.repository !== repository) {
      return nothing(
        false,
        `The version before came from another repository, ${before.repository}`,
      );
    }
    const { paths, graphRevision } =
      options.repositories.find(({ name }) => name === repository) ?? {};
    const key = hashOf({
      repository,
      sha,
      before: before.sha,
      paths,
      graphRevision,
    });
    if (stored?.carriedKey === key) {
      return { count: stored.carriedCount, complete: true, key };
    }
    const found = await carriedCommits({
      database: this.#database,
      repository,
      sha,
      before: before.sha,
      paths,
      breather: options.breather,
    });
    return {
      count: found.shas.length,
      complete: found.complete,
      reason: found.reason,
      // Between two commits the answer never changes once it is complete,
      // unless the graph is corrected.
      key: found.complete ? key : undefined,
      commits: found.shas.map(each => ({ repository, sha: each })),
    };
  }
}

function toDerived(options: {
  sequence: SequenceKey;
  id: string;
  ids: string[];
  position: number;
  deployment: SequenceDeployment;
  revision: ResolvedRevision;
  previous: { id: string; version: string } | undefined;
  carried: Carried;
}): DerivedDeployment {
  const { sequence, id, ids, deployment, revision, previous, carried } =
    options;
  const { rollback } = deployment;
  const record: DeploymentRecord = {
    previousVersion: previous?.version,
    image: deployment.image,
    targets: deployment.targets,
    outcomeReasons: deployment.outcomeReasons,
    rollback: rollback && {
      restoresId: ids[rollback.restores],
      replacesId: ids[rollback.replaces],
    },
    unplannedReasons: deployment.unplannedReasons,
    manifestRevision: deployment.manifestRevision,
    applicationRevisionNote: revision.note,
    carriedReason: carried.reason,
    carriedKey: carried.key,
    actorId: deployment.actorId,
    url: deployment.url,
    title: deployment.title,
    sources: deployment.sources.map(({ source, key, url }) => ({
      source,
      key,
      url,
    })),
  };
  const row: Omit<DeploymentRow, 'hash'> = {
    id,
    service_id: sequence.serviceId,
    environment: sequence.environment,
    finished_at: deployment.finishedAt,
    first_finished_at: deployment.firstFinishedAt,
    started_at: deployment.startedAt ?? null,
    version: deployment.version,
    rollout: deployment.rollout,
    outcome: deployment.outcome,
    basis: deployment.basis,
    previous_id: previous?.id ?? null,
    restores_id: rollback ? ids[rollback.restores] : null,
    unplanned: deployment.unplanned,
    application_repository: revision.repository ?? null,
    application_sha: revision.sha ?? null,
    manifest_sha: deployment.manifestRevision?.sha ?? null,
    carried_count: carried.count,
    carried_complete: carried.complete,
    record: canonicalJson(record),
  };
  return {
    row: {
      ...row,
      // The key stands for the commits where it is complete.
      hash: hashOf({
        row,
        sources: deployment.sources,
        commits: carried.key === undefined ? carried.commits : [],
      }),
    },
    commits: carried.commits,
    sources: deployment.sources,
    running: deployment.running.map(({ target, since }) => ({
      service_id: sequence.serviceId,
      environment: sequence.environment,
      line: deployment.line.slice(0, 255),
      target: target.slice(0, 255),
      deployment_id: id,
      version: deployment.version,
      since,
      position: options.position,
    })),
    timeline: deploymentTimeline({
      sequence,
      id,
      deployment,
      previous,
      carried,
    }),
  };
}

/** What deriving reads of a stored deployment. */
export function toStored(
  row: DeploymentRow,
  desired: StoredDeployment['desired'] = [],
): StoredDeployment {
  const record = JSON.parse(row.record) as DeploymentRecord;
  return {
    id: row.id,
    hash: row.hash,
    carriedKey: record.carriedKey,
    carriedCount: toNumber(row.carried_count),
    desired,
  };
}
