import type {
  Observation,
  SourceBatch,
  SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { RepositoryConfig } from '../readRepository';
import type { Mirror } from '../git/Mirror';
import { readCommits } from '../git/readCommits';
import { ApplicationReader } from './ApplicationReader';
import { maxBatch } from './BatchBuilder';
import type { WebLinks } from './commitUrl';
import { writeCursor, type GitCursor } from './cursor';
import type { RunPlan } from './planRun';
import { readLine } from './readLine';
import { readTagBranches } from './readTagBranches';
import { readTags } from './readTags';

/**
 * Reads an application's repository: the line with what was merged into it,
 * then the branches that only tags reach, then the tags.
 */
export async function* readApplication(options: {
  config: RepositoryConfig;
  mirror: Mirror;
  links: WebLinks;
  plan: RunPlan;
  tip: string;
  /** Commits whose parents are not in a shallow clone. */
  cuts: Set<string>;
  notices: (cursor: GitCursor) => string[];
  context: SourceContext;
}): AsyncGenerator<SourceBatch, GitCursor> {
  const { config, mirror, plan, tip, notices } = options;
  const { signal } = options.context;
  const reader = ApplicationReader.create(options);
  const git = { git: mirror.git, gitDir: mirror.gitDir, signal };

  function* batches(
    observations: Observation[],
    cursor: GitCursor,
  ): Generator<SourceBatch> {
    for (let at = 0; at < observations.length; at += maxBatch) {
      yield {
        observations: observations.slice(at, at + maxBatch),
        cursor: writeCursor(cursor),
        notices: notices(cursor),
      };
    }
  }

  const changes: Observation[] = [];
  if (plan.promoted.length > 0) {
    for await (const commit of readCommits({
      ...git,
      revisions: plan.promoted,
      noWalk: true,
    })) {
      changes.push(reader.change({ commit, side: [] }, plan.cursor.generation));
    }
  }
  yield* batches(changes, plan.cursor);
  const cursor = yield* readLine({ ...options, ...plan, reader });
  const tags = await readTags({
    mirror,
    cursor,
    repository: config.name,
    signal,
  });
  let part: Observation[] = [];
  for await (const observation of readTagBranches({
    mirror,
    reader,
    tip,
    generation: cursor.generation,
    former: tags.anew ? [] : tags.former,
    now: tags.now,
    signal,
  })) {
    part.push(observation);
    if (part.length === maxBatch) {
      yield* batches(part, cursor);
      part = [];
    }
  }
  yield* batches([...part, ...tags.observations], cursor);
  return {
    ...cursor,
    tags: tags.blob,
    tagsVersion: tags.version,
    tagsOf: cursor.generation,
  };
}
