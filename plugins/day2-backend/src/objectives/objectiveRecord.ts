import type {
  ObjectiveFigures,
  ObjectiveState,
  ObjectiveStateWord,
} from '@day2/backstage-plugin-day2-common';
import type { ObjectivePayload } from '../ingest/payloads';

/** JSON of `objective.record`: what its file says. */
export type ObjectiveDefinition = Omit<ObjectivePayload, 'subject'>;

/** JSON of `objective.figures`. Instants are epoch milliseconds. */
export interface KeptFigures extends ObjectiveState {
  /** Absent before its first calendar period. */
  figures?: Omit<ObjectiveFigures, keyof ObjectiveState>;
  /** Version of the series they were told by. */
  version: number;
  /** Start of what is known without a gap up to the last slot. */
  knownFrom: number;
  /** Share of the time that is wanted that was asked for; 1: all. */
  progress: number;
  /** Tells one past from another, and by which slot it was this one first. */
  past: { key: string; since: number };
  /** End of the last slot with data. */
  lastSlotEnd?: number;
}

/** A row of `objective`. On PostgreSQL instants come as strings: read by `toNumber`. */
export interface ObjectiveRow {
  id: string;
  source: string;
  key: string;
  subject_id: string;
  name: string;
  search: string;
  indicator_id: string | null;
  measured_by: string | null;
  series_id: string | null;
  state: ObjectiveStateWord;
  sort_key: number;
  known_to: number | null;
  settled: string | null;
  record: string;
  figures: string | null;
  hash: string;
}
