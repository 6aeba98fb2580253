import type { Prepared } from './prepareObservation';

/** Withdrawn at once: what of them is found is one statement. */
const PREFIXES_PER_RUN = 100;

/** What a source says of records, commits and tags. */
export type Said = Exclude<Prepared, { kind: 'rejected' | 'withdrawn' }>;

/** Withdrawals for one reason, all in one go. */
export interface WithdrawalRun {
  kind: 'withdrawn';
  keyPrefixes: string[];
  reason: string;
}

/** A part of a batch that is applied in one go. */
export type Run = WithdrawalRun | { kind: 'said'; said: Said[] };

/**
 * A batch in parts. A withdrawal counts for what came before it; where it
 * concerns none of that, it comes first, so that many become few.
 */
export function runsOf(prepared: Prepared[]): Run[] {
  const items = prepared.filter(each => each.kind !== 'rejected');
  const ordered = withdrawsWhatItSays(items)
    ? items
    : [
        ...items.filter(each => each.kind === 'withdrawn'),
        ...items.filter(each => each.kind !== 'withdrawn'),
      ];
  const runs: Run[] = [];
  for (const each of ordered) {
    const open = runs.at(-1);
    if (each.kind !== 'withdrawn') {
      if (open?.kind === 'said') {
        open.said.push(each);
      } else {
        runs.push({ kind: 'said', said: [each] });
      }
      continue;
    }
    const { keyPrefix, reason } = each.withdrawn;
    if (
      open?.kind === 'withdrawn' &&
      open.reason === reason &&
      open.keyPrefixes.length < PREFIXES_PER_RUN
    ) {
      open.keyPrefixes.push(keyPrefix);
    } else {
      runs.push({ kind: 'withdrawn', keyPrefixes: [keyPrefix], reason });
    }
  }
  return runs;
}

/** Whether a withdrawal concerns something that came before it in the batch. */
function withdrawsWhatItSays(
  items: Exclude<Prepared, { kind: 'rejected' }>[],
): boolean {
  const concerned = new Set<string>();
  for (const each of items) {
    if (each.kind !== 'withdrawn') {
      for (const prefix of prefixesOf(each)) {
        concerned.add(prefix);
      }
    } else if (concerned.has(each.withdrawn.keyPrefix)) {
      return true;
    }
  }
  return false;
}

/** Every prefix that would withdraw it. */
function prefixesOf(each: Said): string[] {
  if (each.kind === 'commit') {
    return [each.commit.sha, `${each.commit.sha}:commit`];
  }
  if (each.kind === 'measurement') {
    // What was counted is withdrawn with its objective.
    return [];
  }
  const { key } = each.kind === 'tag' ? each.tag : each.record;
  const words = key.split(':');
  return words.map((_, index) => words.slice(0, index + 1).join(':'));
}
