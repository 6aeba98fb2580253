import type { FinishBasis, Reason, Rollout } from './deployment';

/**
 * A mark of unplanned work that a commit message, branch or label bears.
 *
 * @public
 */
export type UnplannedMark = 'hotfix' | 'revert' | 'rollback' | 'emergency';

/**
 * What a source said of one version reaching (or, with `basis: 'desired'`,
 * being asked for on) one target: the input of `deriveSequence`. Instants are
 * epoch milliseconds, persons are ids.
 *
 * @public
 */
export interface SequenceObservation {
  source: string;
  key: string;
  target?: string;
  versionName: string;
  image?: { repository?: string; tag?: string; digest?: string };
  startedAt?: number;
  finishedAt: number;
  /**
   * Along the first parent, of `desired` ones: of one source and repository
   * they follow it whatever their clocks said. Of others within one `finishedAt`.
   */
  order?: number;
  basis: FinishBasis;
  rollout: Rollout;
  manifestRevision?: { repository: string; sha: string };
  applicationRevision?: {
    repository?: string;
    sha?: string;
    tag?: string;
    found: string;
  };
  actorId?: string;
  title?: string;
  url?: string;
  marks?: UnplannedMark[];
}

/**
 * A deployment as `deriveSequence` finds it. `previous`, `restores` and
 * `replaces` are positions in the same answer.
 *
 * @public
 */
export interface SequenceDeployment {
  /** The earliest of all its observations: what its id is made of. */
  first: { source: string; key: string };
  version: string;
  image?: string;
  startedAt?: number;
  /** When it reached the last of the targets seen so far. */
  finishedAt: number;
  firstFinishedAt: number;
  basis: FinishBasis;
  targets: { name: string; finishedAt: number; rollout: Rollout }[];
  rollout: Rollout;
  /** Last part of the name of the image whose versions it is one of; '' where none is known. */
  line: string;
  /** The targets that it runs on now: '' where the source names none. */
  running: { target: string; since: number }[];
  /** It served on one target at least: only then can another replace it. */
  live: boolean;
  outcome: 'ok' | 'failed' | 'undone';
  outcomeReasons: Reason[];
  /** The one that was live before it; absent for the first. */
  previous?: number;
  rollback?: { restores: number; replaces: number };
  unplanned: boolean;
  unplannedReasons: Reason[];
  manifestRevision?: { repository: string; sha: string };
  applicationRevision?: SequenceObservation['applicationRevision'];
  actorId?: string;
  title?: string;
  url?: string;
  sources: {
    source: string;
    key: string;
    url?: string;
    /** Where that observation is a desired commit. */
    desired?: { repository: string; sha: string };
  }[];
}
