import type { ObservationBase, ObservedPerson } from './ObservedSubject';

/**
 * A commit of an application's repository: what the graph of carried commits
 * is made of. Parents come before their children, at each reading: the hub
 * orders the graph by them. A higher version corrects what was cut off before,
 * as the parents of a shallow clone's oldest commit.
 *
 * @public
 */
export interface CommitObservation extends ObservationBase {
  kind: 'commit';
  /** Name of the repository in the configuration. */
  repository: string;
  sha: string;
  parents: string[];
  /** Epoch milliseconds: committer time. */
  committedAt: number;
  title: string;
  authors: ObservedPerson[];
  issueKeys: string[];
  /** Paths touched against the first parent, at most 200. */
  paths: string[];
  pathsCut: boolean;
}

/** A tag of an application's repository. @public */
export interface TagObservation extends ObservationBase {
  kind: 'tag';
  repository: string;
  name: string;
  sha: string;
}
