import type { Knex } from 'knex';
import { chunksOf } from '../database';
import {
  parsePayload,
  type ApplicationPayload,
  type DeploymentPayload,
} from '../ingest/payloads';

import { activeLinks } from '../subjects/activeLinks';
import type { ApplicationRecord, ApplicationRow } from './applicationRecord';
import type { ObservedApplication } from './deriveApplication';
import type { WantedRevision } from './RevisionLookup';

const MAX_REPOSITORY = 255;
const gitSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What is stored of an application before it is derived again. */
export interface StoredApplication {
  id: string;
  hash: string;
  lookAgainAt: number | null;
  lacking?: ApplicationRecord['lacking'];
}

/** A manifest revision that a deployment of a subject names. */
export interface DeployedRevision extends WantedRevision {
  subjectId: string;
  environment: string;
}

/** What applications are derived from, and what they became. */
export const applicationStore = {
  /** What sources said last of the applications of subjects. */
  async observed(
    database: Knex,
    subjectIds: string[],
  ): Promise<ObservedApplication[]> {
    const rows: Record<string, any>[] = await database('observation')
      .whereIn('subject_id', subjectIds)
      .where('kind', 'application')
      .whereNull('withdrawn_at')
      .orderBy(['source', 'key'])
      .select('source', 'key', 'subject_id', 'payload');
    return rows.map(row => ({
      source: row.source,
      key: row.key,
      subjectId: row.subject_id,
      payload: parsePayload<ApplicationPayload>(row.payload),
    }));
  },

  async stored(
    database: Knex,
    subjectIds: string[],
  ): Promise<Map<string, StoredApplication[]>> {
    const rows: ApplicationRow[] = await database('application').whereIn(
      'subject_id',
      subjectIds,
    );
    const found = new Map<string, StoredApplication[]>();
    for (const { id, hash, subject_id, look_again_at, record } of rows) {
      const { lacking } = JSON.parse(record) as ApplicationRecord;
      found.set(subject_id, [
        ...(found.get(subject_id) ?? []),
        { id, hash, lookAgainAt: look_again_at, lacking },
      ]);
    }
    return found;
  },

  /** Revisions that what ran named, which desired deployments are to be found by. */
  async deployed(
    database: Knex,
    subjectIds: string[],
  ): Promise<DeployedRevision[]> {
    const rows: Record<string, any>[] = await database('observation')
      .whereIn('subject_id', subjectIds)
      .where('kind', 'deployment')
      .whereNull('withdrawn_at')
      .where('payload', 'like', '%"manifestRevision"%')
      .select('subject_id', 'environment', 'payload');
    return rows.flatMap(row => {
      const { basis, manifestRevision, otherRevisions } =
        parsePayload<DeploymentPayload>(row.payload);
      return basis === 'desired'
        ? []
        : [manifestRevision ?? [], otherRevisions ?? []]
            .flat()
            .filter(
              ({ sha, repository }) =>
                gitSha.test(sha) && repository.length <= MAX_REPOSITORY,
            )
            .map(revision => ({
              ...revision,
              subjectId: row.subject_id,
              environment: row.environment,
            }));
    });
  },

  /** Writes those given; a subject's others are removed. */
  /** Ids of the services that the subjects are linked to. */
  async servicesOf(database: Knex, subjectIds: string[]): Promise<string[]> {
    const found: string[][] = [];
    for (const chunk of chunksOf(subjectIds)) {
      found.push(
        await activeLinks(database)
          .whereIn('subject_id', chunk)
          .distinct()
          .pluck('service_id'),
      );
    }
    return found.flat();
  },

  async write(
    transaction: Knex.Transaction,
    options: { rows: ApplicationRow[]; goneIds: string[] },
  ): Promise<void> {
    for (const chunk of chunksOf(options.goneIds)) {
      await transaction('application').whereIn('id', chunk).delete();
    }
    for (const chunk of chunksOf(options.rows, 20)) {
      await transaction('application').insert(chunk).onConflict('id').merge();
    }
  },
};
