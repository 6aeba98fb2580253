import type { FinishBasis, Reason, Rollout } from './deployment';

/**
 * A mark of unplanned work that a commit message, branch or label bears, or
 * that whoever posts a deployment gives it (`fix`: they alone).
 *
 * @public
 */
export type UnplannedMark =
  | 'hotfix'
  | 'revert'
  | 'rollback'
  | 'emergency'
  | 'fix';

/** An image as a source names it. @public */
export interface ImageRef {
  repository?: string;
  tag?: string;
  digest?: string;
}

/**
 * How the version of an observation was found that its source did not name.
 *
 * @public
 */
export interface ReadVersion {
  /** What Git asked for at its revision; the images that run; or the revision itself. */
  from: 'desired' | 'images' | 'revision';
  /** The image whose version it is, '' where none is known: one sync may be several observations. */
  line: string;
  /** What was synced. */
  revision: { repository: string; sha: string };
  /** Why Git does not tell it. */
  note?: string;
  /** `observationId`s of the desired observations that it carried: those since the sync before. */
  carries: string[];
  /**
   * Epoch milliseconds. Nothing is known of syncs before this one, and Git had
   * asked for the version at that instant, long before: it was there already.
   */
  landedAt?: number;
}

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
  image?: ImageRef;
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
  /** The version that it mends or takes back, where whoever posted it names one. */
  mends?: string;
  /** Where the source names no version: how it was found. */
  read?: ReadVersion;
}

/**
 * An observation as its source said it, which may name no version. `about` is
 * what it speaks of, `images` are those that it put live.
 *
 * @public
 */
export interface SourceObservation
  extends Omit<SequenceObservation, 'versionName' | 'read'> {
  versionName?: string;
  images?: readonly ImageRef[];
  /** Of several sources those besides `manifestRevision`. */
  otherRevisions?: readonly { repository: string; sha: string }[];
  about: {
    /** Unique over all sources. */
    subject: string;
    /** Directory or file within the repository. */
    path?: string;
    application?: string;
    /** Image repositories that run there. */
    images?: readonly string[];
  };
}

/** One observation of all, as one text. @public */
export function observationId(observation: {
  source: string;
  key: string;
}): string {
  return `${observation.source}\0${observation.key}`;
}

/**
 * The event that an observation is of: for the runtime the observation itself,
 * for Git the commit.
 *
 * @public
 */
export function eventOf(observation: {
  source: string;
  key: string;
  basis: FinishBasis;
  manifestRevision?: { repository: string; sha: string };
}): string {
  const { source, key, basis, manifestRevision } = observation;
  return basis === 'desired' && manifestRevision
    ? `${source}\0${manifestRevision.repository}\0${manifestRevision.sha}`
    : `${source}\0${key}`;
}

/**
 * A step of a version's way, with the source that told of it: the manifest
 * asked for it; it was synced to, and healthy on, the last of its targets.
 *
 * @public
 */
export interface SequenceStage {
  name: 'manifest' | 'synced' | 'healthy';
  /** Epoch milliseconds. */
  at: number;
  source: string;
}

/**
 * A roll-out that failed or was cancelled and asked for no other version than
 * that of the deployment it is told with, as a sync of a configuration.
 *
 * @public
 */
export interface FailedSync {
  source: string;
  key: string;
  /** Epoch milliseconds. */
  at: number;
  target?: string;
  basis: FinishBasis;
  rollout: 'failed' | 'cancelled';
  actorId?: string;
  /** What the tool said of it. */
  message?: string;
  url?: string;
}

/**
 * Where a deployment arrived. `late`: long after its other targets had it (a new
 * cluster over 24 h, another over 7 days), and part of nothing else that is said
 * of it (ADR 9). Epoch milliseconds.
 *
 * @public
 */
export interface SequenceTarget {
  name: string;
  finishedAt: number;
  rollout: Rollout;
  late?: true;
}

/**
 * A deployment as `deriveSequence` finds it. `previous`, `restores` and
 * `replaces` are positions in the same answer.
 *
 * @public
 */
export interface SequenceDeployment {
  /** The earliest of all its observations: what its id is made of. */
  first: { source: string; key: string; line?: string };
  /** What began it, by `eventOf`: of one sync of several images the deployment of each has the same. */
  event: string;
  version: string;
  image?: string;
  startedAt?: number;
  /** When it reached the last of the targets seen so far, those apart that came late. */
  finishedAt: number;
  firstFinishedAt: number;
  basis: FinishBasis;
  targets: SequenceTarget[];
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
  /** Versions that it mends or takes back, as whoever posted it says; absent where none is named. */
  mends?: string[];
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
    /** A later version came before it was synced: this deployment carried it. */
    skipped?: boolean;
  }[];
  /** The instants that are known, in order. */
  stages: SequenceStage[];
  /** Those besides its own roll-out, in order. */
  failedSyncs: FailedSync[];
  /** Why its version is not the one that Git asked for. */
  versionNote?: string;
  /** Its version is not known: a revision stands for it, so that it is compared with none. */
  ofRevision?: true;
}
