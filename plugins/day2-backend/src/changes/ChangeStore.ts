import type { Knex } from 'knex';
import { chunksOf, type ChangeRecord } from '../database';
import { deployedPlaces } from './deployedPlaces';
import type { DerivedChange } from './deriveChange';
import { shaPrefixes } from './shaPrefixes';

/** Writes changes, in the caller's transaction. */
export const changeStore = {
  /** Hashes of those stored, by id. */
  async hashes(database: Knex, ids: string[]): Promise<Map<string, string>> {
    const rows = await database('change')
      .whereIn('id', ids)
      .select('id', 'hash');
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  },

  async write(
    transaction: Knex.Transaction,
    changes: DerivedChange[],
  ): Promise<void> {
    for (const chunk of chunksOf(changes, 50)) {
      const ids = chunk.map(({ row }) => row.id).sort();
      await transaction('timeline').whereIn('record_id', ids).delete();
      await transaction('record_service').whereIn('record_id', ids).delete();
      await transaction('change')
        .insert(chunk.map(({ row }) => row))
        .onConflict('id')
        .merge();
    }
    for (const chunk of chunksOf(changes.flatMap(({ ties }) => ties))) {
      await transaction('record_service').insert(chunk);
    }
    for (const chunk of chunksOf(changes.flatMap(each => each.timeline))) {
      await transaction('timeline').insert(chunk);
    }
  },

  /**
   * Ids of changes that these take back and that do not say so yet, or still
   * say so of one that was withdrawn.
   */
  async reverted(
    transaction: Knex.Transaction,
    changes: DerivedChange[],
  ): Promise<string[]> {
    const found: string[] = [];
    for (const { row } of changes) {
      if (row.reverts === null || row.sha === null) {
        continue;
      }
      const rows = await transaction('change')
        .where('repository', row.repository)
        .where('sha', '>=', row.reverts)
        .where('sha', '<', `${row.reverts}g`)
        .select('id', 'record');
      for (const { id, record } of rows) {
        const { revertedBy } = JSON.parse(record) as ChangeRecord;
        if ((revertedBy === row.sha) !== (row.state === 'implemented')) {
          found.push(id);
        }
      }
    }
    return found;
  },

  /** Those of the changes that are not what they were derived from any more: a revert or a deployment came in between. */
  async outdated(
    transaction: Knex.Transaction,
    changes: DerivedChange[],
  ): Promise<Set<string>> {
    const outdated = new Set<string>();
    for (const chunk of chunksOf(changes, 50)) {
      const bySha = new Map<string, DerivedChange[]>();
      for (const change of chunk) {
        for (const prefix of change.row.sha
          ? shaPrefixes(change.row.sha)
          : []) {
          bySha.set(prefix, [...(bySha.get(prefix) ?? []), change]);
        }
      }
      const reverting: { reverts: string; repository: string; at: number }[] =
        await transaction('change')
          .whereIn('reverts', [...bySha.keys()])
          .where('state', 'implemented')
          .whereNotNull('sha')
          .whereNotNull('repository')
          .select('reverts', 'repository', 'at');
      for (const { reverts, repository } of reverting) {
        for (const { row } of bySha.get(reverts) ?? []) {
          const record = JSON.parse(row.record) as ChangeRecord;
          if (row.repository === repository && !record.revertedBy) {
            outdated.add(row.id);
          }
        }
      }
      const places = await deployedPlaces(
        transaction,
        chunk.flatMap(({ row }) => row.sha ?? []),
      );
      for (const change of chunk) {
        if (timelineIsOutdated(change, places)) {
          outdated.add(change.row.id);
        }
      }
    }
    return outdated;
  },

  /** Ids of the changes that are these desired commits. */
  async ofManifests(
    transaction: Knex.Transaction,
    manifests: { repository: string; sha: string }[],
  ): Promise<string[]> {
    const wanted = new Set(
      manifests.map(({ repository, sha }) => `${repository} ${sha}`),
    );
    const found: string[] = [];
    for (const chunk of chunksOf([
      ...new Set(manifests.map(({ sha }) => sha)),
    ])) {
      const rows = await transaction('change')
        .whereIn('sha', chunk)
        .where('kind', 'version')
        .select('id', 'repository', 'sha');
      for (const row of rows) {
        if (wanted.has(`${row.repository} ${row.sha}`)) {
          found.push(row.id);
        }
      }
    }
    return found;
  },
};

/** Whether a line is shown that a deployment tells, or missing though none does. */
function timelineIsOutdated(
  change: DerivedChange,
  deployed: Set<string>,
): boolean {
  if (change.row.kind !== 'version') {
    return false;
  }
  const { repository, sha } = change.row;
  const shown = new Set(
    change.timeline.map(row => `${row.service_id} ${row.environment}`),
  );
  return [...change.versionOnly].some(
    place => shown.has(place) === deployed.has(`${repository} ${sha} ${place}`),
  );
}
