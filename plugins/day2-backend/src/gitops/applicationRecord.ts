import type {
  ApplicationOriginState,
  ApplicationState,
  Reason,
  SyncState,
} from '@day2/backstage-plugin-day2-common';
import type { ApplicationPayload } from '../ingest/payloads';

/** JSON of `application.record`: what has no column of its own. Instants are epoch milliseconds, persons are ids. */
export interface ApplicationRecord
  extends Pick<
    ApplicationPayload,
    | 'project'
    | 'healthMessage'
    | 'automated'
    | 'selfHeal'
    | 'operation'
    | 'conditions'
    | 'resources'
    | 'resourceCount'
    | 'images'
    | 'url'
  > {
  syncReasons: Reason[];
  origins: ApplicationOriginState[];
  /** Revisions that no mirror had, and since when that is so. */
  lacking?: { key: string; since: number };
}

/** A row of `application`. On PostgreSQL instants come as strings: read by `toNumber`. */
export interface ApplicationRow {
  id: string;
  source: string;
  key: string;
  subject_id: string;
  name: string;
  environment: string | null;
  target: string | null;
  sync: SyncState;
  health: ApplicationState['health'];
  failing: boolean;
  prune_only: boolean;
  severity: number;
  synced_at: number | null;
  compared_at: number | null;
  look_again_at: number | null;
  record: string;
  hash: string;
}
