import type { FinishBasis, Rollout } from '@day2/backstage-plugin-day2-common';
import type {
  ObservationBase,
  ObservedPerson,
  ObservedSubject,
} from './ObservedSubject';

/**
 * A version of a subject reaching an environment, or (`basis: 'desired'`) being
 * asked for there.
 *
 * @public
 */
export interface DeploymentObservation extends ObservationBase {
  kind: 'deployment';
  subject: ObservedSubject;
  /** The source's word for the environment; the hub maps it by `day2.environments`. */
  environment?: string;
  /** Cluster, region, host or tenant. */
  target?: string;
  /**
   * The version as written: tag, digest or chart version. Absent where the
   * source knows the manifest revision only, as of an earlier sync of Argo CD:
   * the hub then reads the version from the desired state of that revision.
   */
  versionName?: string;
  image?: { repository?: string; tag?: string; digest?: string };
  /** All images it put live, where the source knows them and cannot tell which one is the service's. */
  images?: { repository?: string; tag?: string; digest?: string }[];
  /** Epoch milliseconds. */
  startedAt?: number;
  /** Epoch milliseconds; for `desired` when the commit landed. */
  finishedAt: number;
  /**
   * Later is larger. With `basis: 'desired'` the position of the commit along
   * the first parent of its branch: the observations of one source and
   * `manifestRevision.repository` follow it, whatever the committers' clocks
   * said. Otherwise the order among observations with one `finishedAt`.
   */
  order?: number;
  basis: FinishBasis;
  rollout: Rollout;
  manifestRevision?: { repository: string; sha: string };
  /**
   * What else it was made of, where it has several sources: the hub reads the
   * version from whichever of them asks for one of the service.
   */
  otherRevisions?: { repository: string; sha: string }[];
  /**
   * What the source itself knows of the application's commit: a full or short
   * SHA or a Git tag, found in the version by a documented rule. The hub
   * resolves it against the application's repository.
   */
  applicationRevision?: {
    repository?: string;
    sha?: string;
    tag?: string;
    found: string;
  };
  actor?: ObservedPerson;
  title?: string;
  url?: string;
  /**
   * Marks of a hotfix, revert or rollback that the message or branch bears, or
   * that whoever posts it gives it (`basis: 'event'`).
   */
  marks?: ('hotfix' | 'revert' | 'rollback' | 'emergency' | 'fix')[];
  /** The version that it mends or takes back, where it is named. */
  mends?: string;
}
