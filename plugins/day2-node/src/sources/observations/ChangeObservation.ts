import type { FieldChange } from '@day2/backstage-plugin-day2-common';
import type {
  ObservationBase,
  ObservedPerson,
  ObservedSubject,
} from './ObservedSubject';

/**
 * Something done: a commit on the default branch of an application's
 * repository, or on a GitOps branch.
 *
 * @public
 */
export interface ChangeObservation extends ObservationBase {
  kind: 'change';
  /** What it touches; each with the fields that moved there. */
  touches: {
    subject: ObservedSubject;
    environment?: string;
    target?: string;
    fields: FieldChange[];
    /** A desired version moved here. */
    versionMoved: boolean;
  }[];
  title: string;
  /** Whole message, cut to 10,000 characters. */
  message?: string;
  /** Epoch milliseconds: committer time. */
  at: number;
  authors: ObservedPerson[];
  repository?: string;
  sha?: string;
  url?: string;
  isMerge: boolean;
  issueKeys: string[];
  pullRequest?: string;
  reverts?: string;
  marks?: ('hotfix' | 'revert' | 'rollback' | 'emergency')[];
  /** Paths touched in the repository, at most 200. */
  paths?: string[];
}
