import type { CommitTruth, Truth } from '@day2/sandbox';

const DAY = 24 * 3_600_000;

/** A deployment to production, as what is read should tell it. Instants are epoch milliseconds. */
export interface TrueDeployment {
  service: string;
  version: string;
  /** Commit of the application. */
  sha: string;
  /** When the first target had it, and the last. */
  firstFinishedAt: number;
  finishedAt: number;
  /** When each target had it, those apart where it failed or came long after. */
  targets: { name: string; finishedAt: number }[];
  /** `unknown`: Git alone tells of it, which says nothing of a roll-out. */
  rollout: 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  /** It served on one target at least. */
  live: boolean;
  /** It was made as a hotfix. */
  marked: boolean;
}

/** What a deployment is to the five metrics. */
export interface TrueDelivery extends TrueDeployment {
  /** One of D. */
  counts: boolean;
  isRollback: boolean;
  /** Why it failed, in words; none where it did not. */
  failures: string[];
  /** Why it is rework, in codes. */
  rework: string[];
  /** Of each commit that it brought first and that is no merge. */
  leadSeconds: number[];
  /** When its failure began, where that is not its finish: epoch milliseconds. */
  failedFrom?: number;
  /** What ended its failure. */
  restored?: { by: TrueDelivery; how: 'rollback' | 'fix' | 'next-rollout' };
}

/**
 * What each deployment of one service is to the metrics, by the definitions of
 * docs/delivery.md, which are written down here once more on purpose: nothing
 * of them is taken from the code that is tested.
 *
 * @param options - `deployments`: all of the service, in the order they began
 */
export function judge(options: {
  truth: Truth;
  service: string;
  deployments: TrueDeployment[];
}): TrueDelivery[] {
  const deliveries = options.deployments.map(
    (deployment): TrueDelivery => ({
      ...deployment,
      counts: ['succeeded', 'unknown'].includes(deployment.rollout),
      isRollback: false,
      failures: [],
      rework: [],
      leadSeconds: [],
    }),
  );
  const ends = new Map<TrueDelivery, TrueDelivery['restored'][]>();
  const end = (of: TrueDelivery, by: NonNullable<TrueDelivery['restored']>) =>
    ends.set(of, [...(ends.get(of) ?? []), by]);

  judgeRollouts(deliveries, end);
  judgeRollbacks(deliveries, end);
  judgeCommits(options, deliveries, end);
  judgeHotfixes(deliveries, end);

  // What comes later is settled first: a rollback or fix that failed ended with
  // its own end.
  for (const delivery of [...deliveries].reverse()) {
    if (delivery.failures.length > 0) {
      delivery.restored = (ends.get(delivery) ?? [])
        .flatMap(each =>
          each && each.how !== 'next-rollout' && each.by.failures.length > 0
            ? each.by.restored ?? []
            : each ?? [],
        )
        .sort((a, b) => deliveries.indexOf(a.by) - deliveries.indexOf(b.by))[0];
    }
  }
  return deliveries;
}

type End = (
  of: TrueDelivery,
  by: NonNullable<TrueDelivery['restored']>,
) => void;

/** It served somewhere, and its roll-out failed elsewhere. */
function judgeRollouts(deliveries: TrueDelivery[], end: End): void {
  deliveries.forEach((delivery, at) => {
    if (delivery.live && delivery.rollout === 'failed') {
      delivery.failures.push('Its roll-out failed');
      const next = deliveries.slice(at + 1).find(({ counts }) => counts);
      if (next) {
        end(delivery, { by: next, how: 'next-rollout' });
      }
    }
  });
}

/** V1, V2, V3, V1: the last is a rollback, V3 failed, V2 where V3 came within a day. */
function judgeRollbacks(deliveries: TrueDelivery[], end: End): void {
  const live = deliveries.filter(each => each.live);
  live.forEach((delivery, at) => {
    const before = live.slice(0, at);
    const restores = before.findLastIndex(
      ({ version }) => version === delivery.version,
    );
    if (restores < 0 || restores === at - 1) {
      return;
    }
    delivery.isRollback = true;
    delivery.rework.push('rollback');
    before.slice(restores + 1).forEach((undone, i, all) => {
      const next: TrueDelivery | undefined = all[i + 1];
      if (!next) {
        undone.failures.push(
          `It was rolled back: ${delivery.version} was put back in its place`,
        );
      } else if (isReplacedInADay(undone, next)) {
        undone.failures.push(
          `${next.version} replaced it within 24 h, and ${delivery.version} was then put back`,
        );
      }
      end(undone, { by: delivery, how: 'rollback' });
    });
  });
}

/** Lead times; and what failed because a later one reverts a commit of it. */
function judgeCommits(
  options: { truth: Truth; service: string },
  deliveries: TrueDelivery[],
  end: End,
): void {
  const repository = repositoryOf(options);
  const there = new Set<string>();
  const bringers = new Map<string, TrueDelivery>();
  deliveries.forEach((delivery, at) => {
    const brought = repository.since(there, delivery.sha);
    if (!delivery.counts) {
      return; // What it carried counts with the next.
    }
    brought.forEach(({ sha }) => there.add(sha));
    if (at === 0) {
      return; // What came with the first one recorded is not known.
    }
    const own = brought.filter(repository.isOfService);
    delivery.leadSeconds = own
      .filter(({ parents }) => parents.length < 2)
      .map(({ committedAt }) =>
        Math.round((delivery.finishedAt - Date.parse(committedAt)) / 1000),
      )
      .filter(seconds => seconds >= 0)
      .sort((a, b) => a - b);
    const reverted = new Set(
      own.flatMap(commit => bringers.get(revertedBy(commit) ?? '') ?? []),
    );
    for (const failed of reverted) {
      failed.failures.push(
        `${delivery.version} reverts a commit that it brought`,
      );
      end(failed, { by: delivery, how: 'fix' });
    }
    if (reverted.size > 0) {
      delivery.rework.push('reverts-commit');
    }
    // To take back a revert lands something again, and blames nobody.
    for (const commit of own) {
      if (revertedBy(commit) === undefined) {
        bringers.set(commit.sha, delivery);
      }
    }
  });
}

/** What a marked one replaced within a day. */
function judgeHotfixes(deliveries: TrueDelivery[], end: End): void {
  deliveries.forEach((delivery, at) => {
    const { marked, counts, isRollback } = delivery;
    if (marked && counts) {
      delivery.rework.push('hotfix');
    }
    const replaced = deliveries.slice(0, at).findLast(({ live }) => live);
    if (
      marked &&
      counts &&
      !isRollback &&
      replaced &&
      !replaced.isRollback &&
      isReplacedInADay(replaced, delivery)
    ) {
      replaced.failures.push(
        `${delivery.version}, which is marked as a fix, replaced it within 24 h`,
      );
      end(replaced, { by: delivery, how: 'fix' });
    }
  });
}

/** On a target of both; of those that share none, since it last went somewhere. */
function isReplacedInADay(one: TrueDelivery, by: TrueDelivery): boolean {
  const shared = one.targets.flatMap(({ name, finishedAt: since }) =>
    by.targets
      .filter(each => each.name === name)
      .map(({ finishedAt }) => finishedAt - since),
  );
  if (shared.length > 0) {
    return shared.some(time => time <= DAY);
  }
  const past = one.targets
    .map(({ finishedAt }) => finishedAt)
    .filter(at => at <= by.firstFinishedAt);
  return past.length === 0 || by.firstFinishedAt - Math.max(...past) <= DAY;
}

function revertedBy({ message }: CommitTruth): string | undefined {
  return /^This reverts commit ([0-9a-f]{40})/m.exec(message)?.[1];
}

/** The commits of a service's repository. */
function repositoryOf(options: { truth: Truth; service: string }) {
  const { truth, service } = options;
  const spec = truth.services.find(({ name }) => name === service)!;
  const commits = new Map(
    truth.repositories
      .find(({ name }) => name === spec.repository)!
      .commits.map(commit => [commit.sha, commit]),
  );
  return {
    isOfService: ({ files }: CommitTruth) =>
      !spec.folders ||
      files.some(file => spec.folders!.includes(file.split('/')[0])),
    /** That commit and its ancestors, without those that were there. */
    since(there: ReadonlySet<string>, sha: string): CommitTruth[] {
      const found = new Map<string, CommitTruth>();
      const todo = [sha];
      for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
        const commit = commits.get(next);
        if (commit && !there.has(next) && !found.has(next)) {
          found.set(next, commit);
          todo.push(...commit.parents);
        }
      }
      return [...found.values()];
    },
  };
}
