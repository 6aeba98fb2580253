import type {
  CommitObservation,
  TagObservation,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, toNumber } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { personKey } from '../persons/PersonStore';
import { activeLinks } from '../subjects/activeLinks';
import { planCommits } from './planCommits';

const SHORT_SHA = 7;

/** Commits and tags of the applications' repositories: the graph that tells what a deployment carried. */
export const commitStore = {
  /**
   * Takes commits in. A known one is corrected by a higher version: a shallow
   * clone that was deepened has parents where none were before.
   */
  async applyCommits(options: {
    transaction: Knex.Transaction;
    source: string;
    commits: CommitObservation[];
    personIds: Map<string, string>;
    now: number;
  }): Promise<{ applied: number; ignored: number; added: number }> {
    const { transaction, source, personIds, now } = options;
    const result = { applied: 0, ignored: 0, added: 0 };
    for (const [repository, commits] of byRepository(options.commits)) {
      const plan = await planCommits({ transaction, repository, commits });
      const rows = plan.writes.map(({ commit, position }) => ({
        repository,
        sha: commit.sha,
        source,
        version: commit.version,
        position,
        parents: commit.parents.join(' '),
        committed_at: commit.committedAt,
        title: commit.title,
        authors: canonicalJson([
          ...new Set(
            commit.authors.map(author => personIds.get(personKey(author))),
          ),
        ]),
        issue_keys: canonicalJson(commit.issueKeys),
        paths: canonicalJson(commit.paths),
        paths_cut: commit.pathsCut,
        withdrawn: false,
      }));
      for (const chunk of chunksOf(rows)) {
        await transaction('git_commit')
          .insert(chunk)
          .onConflict(['repository', 'sha'])
          .merge();
      }
      await noteRepository(transaction, source, repository);
      if (plan.corrected) {
        await transaction('source_repository')
          .where({ source, repository })
          .update({
            graph_revision: transaction.raw('?? + 1', ['graph_revision']),
          });
        await markSequences({ transaction, repository, now });
      } else if (plan.fresh.length > 0) {
        await markSequences({ transaction, repository, shas: plan.fresh, now });
      }
      result.applied += rows.length;
      result.added += plan.added;
      result.ignored += commits.length - rows.length;
    }
    return result;
  },

  /** Takes tags in: by version, as a tag may move. */
  async applyTags(options: {
    transaction: Knex.Transaction;
    source: string;
    tags: TagObservation[];
    now: number;
  }): Promise<{ applied: number; ignored: number; inserted: number }> {
    const { transaction, source, now } = options;
    let applied = 0;
    let inserted = 0;
    for (const [repository, tags] of byRepository(options.tags)) {
      let changed = 0;
      for (const tag of tags) {
        const stored = await transaction('git_tag')
          .where({ repository, name: tag.name })
          .first('version', 'sha');
        const version = stored && toNumber(stored.version);
        if (
          version !== undefined &&
          (tag.version < version ||
            (tag.version === version && stored.sha === tag.sha))
        ) {
          continue;
        }
        await transaction('git_tag')
          .insert({
            repository,
            name: tag.name,
            sha: tag.sha,
            source,
            key: tag.key,
            version: tag.version,
          })
          .onConflict(['repository', 'name'])
          .merge();
        changed += 1;
        inserted += stored ? 0 : 1;
      }
      await noteRepository(transaction, source, repository);
      if (changed > 0) {
        await markSequences({ transaction, repository, now });
      }
      applied += changed;
    }
    return { applied, inserted, ignored: options.tags.length - applied };
  },

  /**
   * Withdraws commits and tags of a source by key prefixes. A commit's key is
   * its sha, or begins with it; it stays in the graph, for it may have been
   * deployed.
   */
  async withdraw(options: {
    transaction: Knex.Transaction;
    source: string;
    keyPrefixes: string[];
    now: number;
  }): Promise<{ commits: number; tags: number }> {
    const { transaction, source, keyPrefixes, now } = options;
    const shas = keyPrefixes.flatMap(
      prefix => /^([0-9a-f]{40,64})(?::commit)?$/.exec(prefix)?.[1] ?? [],
    );
    const rows = await transaction('source_repository')
      .where({ source })
      .select('repository');
    const repositories = rows.map(row => row.repository);
    const result = { commits: 0, tags: 0 };
    for (const chunk of chunksOf(shas)) {
      result.commits += await transaction('git_commit')
        .whereIn('repository', repositories)
        .whereIn('sha', chunk)
        .where({ source, withdrawn: false })
        .update({ withdrawn: true });
    }
    for (const repository of repositories) {
      let tags = 0;
      for (const chunk of chunksOf(keyPrefixes)) {
        tags += await transaction('git_tag')
          .where({ repository, source })
          .whereIn('key', chunk)
          .delete();
      }
      result.tags += tags;
      if (tags > 0) {
        await markSequences({ transaction, repository, now });
      }
    }
    return result;
  },
};

/**
 * Marks the sequences for which news of a repository may tell more: those
 * being derived now, and those with deployments whose commit is not resolved,
 * not complete, or would no longer be the only one of its short sha. Without
 * `shas` every deployment of the services concerned.
 */
async function markSequences(options: {
  transaction: Knex.Transaction;
  repository: string;
  shas?: string[];
  now: number;
}): Promise<void> {
  const { transaction, repository, shas, now } = options;
  const links = await activeLinks(transaction)
    .join('subject', 'subject.id', 'link.subject_id')
    .where({ 'subject.repository': repository, 'subject.kind': 'repository' })
    .distinct('link.service_id');
  const services = links.map(row => row.service_id).sort();
  for (const chunk of chunksOf(services)) {
    // First: who derives meanwhile must do so again, and what it has written
    // before this statement got the row is seen by the next.
    await transaction('dirty_sequence')
      .whereIn('service_id', chunk)
      .update({ generation: transaction.raw('?? + 1', ['generation']) });
    const found = await transaction('deployment')
      .whereIn('service_id', chunk)
      .modify(query => {
        if (shas) {
          query.where(inner =>
            inner
              .whereNull('application_sha')
              .orWhere('carried_complete', false),
          );
        }
      })
      .distinct('service_id', 'environment');
    await dirtyMarks.sequences(transaction, found.map(toKey), now);
  }
  const prefixes = new Set(shas?.map(sha => sha.slice(0, SHORT_SHA)));
  for (const chunk of chunksOf([...prefixes])) {
    const found = await transaction('deployment')
      .where('application_repository', repository)
      .whereRaw(
        `substr(application_sha, 1, ${SHORT_SHA}) in (${chunk
          .map(() => '?')
          .join(', ')})`,
        chunk,
      )
      .distinct('service_id', 'environment');
    await dirtyMarks.sequences(transaction, found.map(toKey), now);
  }
}

function toKey(row: { service_id: string; environment: string }) {
  return { serviceId: row.service_id, environment: row.environment };
}

async function noteRepository(
  transaction: Knex.Transaction,
  source: string,
  repository: string,
): Promise<void> {
  await transaction('source_repository')
    .insert({ source, repository })
    .onConflict(['source', 'repository'])
    .ignore();
}

function byRepository<T extends { repository: string }>(
  items: T[],
): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    const list = grouped.get(item.repository);
    if (list) {
      list.push(item);
    } else {
      grouped.set(item.repository, [item]);
    }
  }
  return grouped;
}
