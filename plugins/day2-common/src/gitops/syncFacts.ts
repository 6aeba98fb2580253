import type { HealthState } from './applicationState';

/** An origin of an application, and what is known of its revisions. @public */
export interface OriginFacts {
  repository: string;
  path?: string;
  chart?: string;
  desiredRevision?: string;
  syncedRevision?: string;
  parametersHash?: string;
  syncedParametersHash?: string;
  /** A Git source reads the repository. */
  mirrored: boolean;
  /** Of what the paths hold at the revision; absent where the mirror does not have it. */
  desiredFingerprint?: string;
  syncedFingerprint?: string;
  /** What it takes in besides, and no mirror can tell, in words. */
  unfollowed?: string;
}

/** What the sync word of an application follows from. Instants are epoch milliseconds. @public */
export interface SyncFacts {
  /** As the tool says it. */
  sync: 'synced' | 'out-of-sync' | 'unknown';
  origins: OriginFacts[];
  operation?: {
    phase: 'running' | 'succeeded' | 'failed' | 'error' | 'terminating';
    startedAt?: number;
    finishedAt?: number;
    message?: string;
  };
  conditions: { type: string; message: string }[];
  resources: {
    sync?: 'synced' | 'out-of-sync' | 'unknown';
    health?: HealthState;
    requiresPruning: boolean;
  }[];
  syncedAt?: number;
}
