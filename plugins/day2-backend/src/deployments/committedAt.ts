import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { ResolvedRevision } from '../repositories/RevisionResolver';

/** When the commit of an application was made, and whose word that is. */
export interface Committed {
  /** Epoch milliseconds: committer time. */
  at: number;
  source: string;
}

/** When the commits of these revisions were made, as far as they are known. */
export async function committedAt(
  database: Knex,
  revisions: readonly ResolvedRevision[],
): Promise<(revision: ResolvedRevision) => Committed | undefined> {
  const shas = new Map<string, Set<string>>();
  for (const { repository, sha } of revisions) {
    if (repository && sha) {
      shas.set(repository, (shas.get(repository) ?? new Set()).add(sha));
    }
  }
  const found = new Map<string, Committed>();
  for (const [repository, wanted] of shas) {
    for (const chunk of chunksOf([...wanted])) {
      const rows = await database('git_commit')
        .where({ repository })
        .whereIn('sha', chunk)
        .select('sha', 'committed_at', 'source');
      for (const { sha, committed_at, source } of rows) {
        found.set(`${repository} ${sha}`, {
          at: toNumber(committed_at),
          source,
        });
      }
    }
  }
  return ({ repository, sha }) => found.get(`${repository} ${sha}`);
}
