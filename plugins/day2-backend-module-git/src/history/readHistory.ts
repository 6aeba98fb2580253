import {
  SourceError,
  type SourceBatch,
  type SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { Mirror } from '../git/Mirror';
import type { RepositoryConfig } from '../readRepository';
import { maxBatch } from './BatchBuilder';
import type { WebLinks } from './commitUrl';
import { readCursor, writeCursor, type GitCursor } from './cursor';
import { FirstParentLine } from './FirstParentLine';
import { GitopsReader } from './GitopsReader';
import { findNotices } from './notices';
import { planRun, type RunPlan } from './planRun';
import { readApplication } from './readApplication';
import { readLine } from './readLine';

/** What a reading of a repository needs. */
export interface HistoryOptions {
  config: RepositoryConfig;
  /** Hash of what decides what is read. */
  settings: string;
  mirror: Mirror;
  links: WebLinks;
  context: SourceContext;
  /** What one run leaves for the next. */
  memory: HistoryMemory;
}

/** Kept between the runs of a source; without it everything is read just as well. */
export interface HistoryMemory {
  reader?: GitopsReader;
}

interface Run {
  plan: RunPlan;
  tip: string;
  notices: (cursor: GitCursor) => string[];
}

/**
 * Brings the mirror up to date and reads what is new, batch by batch.
 *
 * @throws SourceError, GitFailure or DamagedMirror
 */
export async function* readHistory(
  options: HistoryOptions,
): AsyncGenerator<SourceBatch> {
  const { config, mirror, context } = options;
  const former = readCursor(context.cursor);
  const formerCommits = [former?.sha, former?.readTo].filter(
    sha => sha !== undefined,
  );
  await mirror.keep(
    [...formerCommits, former?.tags].filter(sha => sha !== undefined),
  );
  const state = await mirror.update({ signal: context.signal });
  if (!state.tip) {
    if (former?.sha) {
      throw new SourceError({
        code: 'bad-answer',
        message: 'The server lists no branch any more, though there was one.',
        fix: 'Nothing recorded is removed. If the repository was emptied on purpose, take it out of day2.git.repositories.',
      });
    }
    yield {
      observations: [],
      cursor: context.cursor ?? {},
      notices: [
        ...findNotices({ now: context.now(), empty: true }),
        ...config.notices,
      ],
    };
    return;
  }
  const hasFormer = await hasAll(mirror, formerCommits);
  if (!hasFormer && formerCommits.length > 0) {
    // Gone with a mirror that somebody removed, or out of one that is damaged.
    await mirror.expectSound();
  }
  const line = FirstParentLine.create({ mirror, signal: context.signal });
  const plan = await planRun({
    config: config,
    settings: options.settings,
    branch: state.branch,
    tip: state.tip,
    former,
    reread: context.reread || former?.reread,
    hasFormer,
    line,
    now: context.now(),
  });
  const shallowSince =
    state.shallow && plan.cursor.shallowFrom
      ? await line.time(plan.cursor.shallowFrom)
      : undefined;
  const notices = (cursor: GitCursor) => [
    ...findNotices({
      now: context.now(),
      shallowSince,
      since: config.since,
      rewritten: cursor.rewritten,
      rereading: cursor.rereading,
      lost: cursor.lost,
      renewedAt: mirror.renewedAt,
    }),
    ...config.notices,
  ];
  yield* withdraw(plan, notices);
  const run = { plan, tip: state.tip, notices };
  const cursor =
    config.role === 'gitops'
      ? yield* readGitops(options, run)
      : yield* readApplication({
          ...options,
          ...run,
          cuts: await line.cuts(),
        });
  const last = {
    ...cursor,
    sha: state.tip,
    rereading: undefined,
    readTo: undefined,
  };
  yield {
    observations: [],
    cursor: writeCursor(last),
    notices: notices(last),
  };
}

async function* readGitops(
  options: HistoryOptions,
  run: Run,
): AsyncGenerator<SourceBatch, GitCursor> {
  const { mirror, context } = options;
  const { plan } = run;
  if (plan.onLine.size === 0) {
    return plan.cursor;
  }
  const reader = await takeReader(options, plan.cursor);
  try {
    return yield* readLine({ ...run, ...plan, mirror, context, reader });
  } finally {
    reader.close();
    if (reader.isInTheMiddle) {
      options.memory.reader = reader;
    }
  }
}

async function takeReader(
  options: HistoryOptions,
  cursor: GitCursor,
): Promise<GitopsReader> {
  const { config, mirror, links, context, memory } = options;
  const { signal } = context;
  const kept = memory.reader;
  memory.reader = undefined;
  if (kept?.goesOnFrom(cursor)) {
    kept.resume(signal);
    return kept;
  }
  return await GitopsReader.create({ config, mirror, links, cursor, signal });
}

function* withdraw(
  plan: RunPlan,
  notices: (cursor: GitCursor) => string[],
): Generator<SourceBatch> {
  for (let at = 0; at < plan.withdraw.length; at += maxBatch) {
    const part = plan.withdraw.slice(at, at + maxBatch);
    const isLast = at + maxBatch >= plan.withdraw.length;
    // Until all are withdrawn the old commit stays the place to go on from.
    yield {
      observations: part.map(item => ({
        kind: 'withdrawn' as const,
        ...item,
      })),
      cursor: writeCursor(isLast ? plan.cursor : plan.former ?? plan.cursor),
      notices: notices(plan.cursor),
    };
  }
}

async function hasAll(mirror: Mirror, shas: string[]): Promise<boolean> {
  for (const sha of shas) {
    if (!(await mirror.has(sha))) {
      return false;
    }
  }
  return shas.length > 0;
}
