import type { ArgocdCursor, Known } from './cursor';
import type { Outcome } from './readApplications';
import type { Listed } from './readList';

/** What happened in one run. */
export interface Run {
  cursor: ArgocdCursor;
  listed: Map<string, Listed>;
  refused: number;
  /** Epoch milliseconds. */
  now: number;
  /** Applications that stand no longer. */
  removed: boolean;
  /** Some that have not moved are left for the next run. */
  isPart: boolean;
}

/** What the cursor keeps of an application after it was asked for. */
export function remember(run: Run, outcome: Outcome): void {
  const { apps, failing, reading } = run.cursor;
  const { key, hash, project } = outcome.listed;
  const known = apps[key];
  delete failing[key];
  switch (outcome.kind) {
    case 'read':
      run.removed ||= known?.u !== undefined && known.u !== outcome.uid;
      apps[key] = { h: hash, u: outcome.uid, n: reading, p: project };
      return;
    case 'unreadable':
      // Not asked for again until it changes; what was read before stands.
      apps[key] = { h: hash, u: known?.u, n: reading, p: project };
      markUnseen(run, key, 'unreadable', known?.s);
      return;
    case 'gone':
      run.removed ||= known !== undefined;
      delete apps[key];
      return;
    case 'refused':
      run.refused += 1;
      if (known) {
        // It has had its turn in this reading of all.
        known.n = reading;
      }
      break;
    default:
      failing[key] = { at: run.now, e: outcome.status };
  }
  // Where the list says the same as when it was read, it has not moved since.
  if (known?.h !== hash) {
    markUnseen(run, key, outcome.kind);
  }
}

/** Notes that what was read of an application is not of now. */
export function markUnseen(
  run: Pick<Run, 'cursor' | 'now'>,
  key: string,
  why: NonNullable<Known['w']>,
  since?: number,
): void {
  const known = run.cursor.apps[key];
  if (known) {
    known.s ??= since ?? run.now;
    known.w = why;
  }
}
