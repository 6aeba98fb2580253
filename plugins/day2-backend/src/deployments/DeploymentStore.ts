import type { SequenceDeployment } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  chunksOf,
  type DeploymentRow,
  type RunningRow,
  type TimelineRow,
} from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';

/** A commit that a deployment carried, or counts for though it did not. */
export interface DerivedCommit {
  repository: string;
  sha: string;
  carried: boolean;
  /** No deployment of D before it had brought it there. */
  first: boolean;
}

/** A deployment as derived, with everything that is written for it. */
export interface DerivedDeployment {
  row: DeploymentRow;
  /** What its delivery is judged from. */
  deployment: SequenceDeployment;
  /** Absent where those stored are right. */
  commits?: DerivedCommit[];
  sources: {
    source: string;
    key: string;
    desired?: { repository: string; sha: string };
  }[];
  timeline: TimelineRow[];
  running: RunningRow[];
}

/** What deriving needs of a deployment that is stored. */
export interface StoredDeployment {
  id: string;
  hash: string;
  carriedKey?: string;
  carriedCount: number;
  tips?: string[];
  /** The desired commits that it is, or that are a part of it. */
  desired: { repository: string; sha: string }[];
}

/** An observation as one text. */
export function sourceKey(source: { source: string; key: string }): string {
  return `${source.source}\0${source.key}`;
}

/** Writes deployments, in the caller's transaction. */
export const deploymentStore = {
  async load(database: Knex, sequence: SequenceKey): Promise<DeploymentRow[]> {
    return database('deployment')
      .where({
        service_id: sequence.serviceId,
        environment: sequence.environment,
      })
      .select('*');
  },

  /** Writes what runs now, in place of what did. */
  async writeRunning(
    transaction: Knex.Transaction,
    options: { sequence: SequenceKey; running: RunningRow[] },
  ): Promise<void> {
    await transaction('running')
      .where({
        service_id: options.sequence.serviceId,
        environment: options.sequence.environment,
      })
      .delete();
    for (const chunk of chunksOf(options.running)) {
      await transaction('running').insert(chunk);
    }
  },

  /** Which of the deployments each observation is a part of, by `sourceKey`. */
  async idsBySource(
    database: Knex,
    ids: string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const chunk of chunksOf(ids)) {
      const rows = await database('record_source')
        .whereIn('record_id', chunk)
        .select('record_id', 'source', 'key');
      for (const row of rows) {
        const key = sourceKey(row);
        found.set(key, [...(found.get(key) ?? []), row.record_id]);
      }
    }
    return found;
  },

  /** The desired commits of the deployments of a sequence, by id. */
  async desired(
    database: Knex,
    sequence: SequenceKey,
  ): Promise<Map<string, StoredDeployment['desired']>> {
    const rows = await database('record_source')
      .join('deployment', 'deployment.id', 'record_source.record_id')
      .where({
        'deployment.service_id': sequence.serviceId,
        'deployment.environment': sequence.environment,
      })
      .whereNotNull('record_source.sha')
      .select(
        'record_source.record_id',
        'record_source.repository',
        'record_source.sha',
      );
    const found = new Map<string, StoredDeployment['desired']>();
    for (const { record_id, repository, sha } of rows) {
      const list = found.get(record_id) ?? [];
      list.push({ repository, sha });
      found.set(record_id, list);
    }
    return found;
  },

  async write(
    transaction: Knex.Transaction,
    deployments: DerivedDeployment[],
  ): Promise<void> {
    const ids = deployments.map(({ row }) => row.id);
    await deleteParts(transaction, {
      ids,
      commitsOf: deployments.flatMap(({ row, commits }) =>
        commits ? [row.id] : [],
      ),
    });
    for (const chunk of chunksOf(deployments, 50)) {
      await transaction('deployment')
        .insert(chunk.map(({ row }) => row))
        .onConflict('id')
        .merge();
    }
    for (const chunk of chunksOf(
      deployments.flatMap(each => each.timeline),
      50,
    )) {
      await transaction('timeline').insert(chunk);
    }
    const sources = deployments.flatMap(each =>
      each.sources.map(({ source, key, desired }) => ({
        record_id: each.row.id,
        source,
        key,
        repository: desired?.repository ?? null,
        sha: desired?.sha ?? null,
      })),
    );
    for (const chunk of chunksOf(sources)) {
      await transaction('record_source').insert(chunk);
    }
    const commits = deployments.flatMap(each =>
      (each.commits ?? []).map(commit => ({
        deployment_id: each.row.id,
        ...commit,
      })),
    );
    for (const chunk of chunksOf(commits)) {
      await transaction('deployment_commit').insert(chunk);
    }
    // An id that is in use again is no longer another's.
    for (const chunk of chunksOf(ids)) {
      await transaction('record_alias').whereIn('alias', chunk).delete();
    }
  },

  /**
   * Removes deployments that are none any more. One whose observations are now
   * another's stays known by its id.
   */
  async remove(
    transaction: Knex.Transaction,
    options: { ids: string[]; now: number },
  ): Promise<void> {
    for (const ids of chunksOf([...options.ids].sort())) {
      const heirs = await transaction('record_source as old')
        .join('record_source as new', join => {
          join
            .on('new.source', 'old.source')
            .andOn('new.key', 'old.key')
            .andOn('new.record_id', '<>', 'old.record_id');
        })
        .join('deployment as gone', 'gone.id', 'old.record_id')
        .join('deployment as heir', join => {
          join
            .on('heir.id', 'new.record_id')
            .andOn('heir.service_id', 'gone.service_id')
            .andOn('heir.environment', 'gone.environment');
        })
        .whereIn('old.record_id', ids)
        .whereNotIn('new.record_id', ids)
        .orderBy(['old.record_id', 'new.record_id'])
        .select('old.record_id as alias', 'new.record_id as record_id');
      for (const { alias, record_id } of heirs) {
        await transaction('record_alias')
          .where({ record_id: alias })
          .update({ record_id });
        await transaction('record_alias')
          .insert({ alias, record_id, at: options.now })
          .onConflict('alias')
          .ignore();
      }
      const inherited = new Set(heirs.map(({ alias }) => alias));
      await transaction('record_alias')
        .whereIn(
          'record_id',
          ids.filter(id => !inherited.has(id)),
        )
        .delete();
      await deleteParts(transaction, { ids, commitsOf: ids });
      await transaction('deployment').whereIn('id', ids).delete();
    }
  },
};

async function deleteParts(
  transaction: Knex.Transaction,
  options: { ids: string[]; commitsOf: string[] },
): Promise<void> {
  for (const ids of chunksOf([...options.ids].sort())) {
    await transaction('timeline').whereIn('record_id', ids).delete();
    await transaction('record_source').whereIn('record_id', ids).delete();
  }
  for (const ids of chunksOf([...options.commitsOf].sort())) {
    await transaction('deployment_commit')
      .whereIn('deployment_id', ids)
      .delete();
  }
}
