import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Observation } from './observations';
import type { ObjectiveIndicator } from '@day2/backstage-plugin-day2-common';
import type { HeldIncidents } from './HeldIncidents';
import type { MetricReader } from './MetricReader';
import type { RevisionReader } from './RevisionReader';
import type { SourceWebhook } from './SourceWebhook';

/**
 * A slice of what a source said, committed with its cursor in one transaction.
 * Keep it small: some hundreds of observations.
 *
 * @public
 */
export interface SourceBatch {
  observations: Observation[];
  /** Where to go on after this batch; committed with it. */
  cursor: JsonObject;
  /** Items that could not be read: quarantined with the reason, the rest lands. No secrets. */
  rejected?: { key?: string; reason: string; item: unknown }[];
  /** Items left out by rule, counted by reason, e.g. `{ 'helm template': 3 }`. Added up over runs. */
  skipped?: Record<string, number>;
  progress?: { done: number; total?: number; unit: string };
  /** What the Sources page should say while it holds, e.g. "shallow clone: history begins 2026-10-01". Replaces the former ones where given. */
  notices?: string[];
  /**
   * Set by sources that list everything: the first batch of a full listing
   * starts a pass, the last one completes it, and the hub then removes what
   * the pass did not name. Of more than 30 % it removes only what complete
   * passes miss for ten minutes, or, where they name nothing that was known, for
   * a day. With `kinds` a pass
   * names observations of those alone, and the others stay: what a tool has
   * forgotten of its history did happen. `standing` names keys that the listing
   * saw and that are not said again, since nothing of them has moved.
   */
  pass?: {
    id: string;
    complete?: boolean;
    kinds?: Observation['kind'][];
    standing?: string[];
  };
  /**
   * Keys that stand as they were read last, though the tool refuses to show or
   * fails at them now, since when (epoch milliseconds) and why. What is said of
   * them is not of now. Replaces the former ones where given.
   */
  unseen?: { key: string; since: number; reason: string }[];
}

/** What a source is given for one run. @public */
export interface SourceContext {
  /** The cursor committed last; absent at first. */
  cursor?: JsonObject;
  /**
   * Somebody asked to read again, or to replay what was quarantined: begin anew
   * and say everything once more. The cursor is still given, for what must go
   * on growing: where `version` counts the readings, the next one must be higher
   * than all before, or nothing is corrected. Set in each run until a batch is
   * in; its cursor must then tell that the new reading has begun.
   */
  reread?: boolean;
  /** Aborted when the lease is lost, the portal stops or the slice (30 s) is over. */
  signal: AbortSignal;
  logger: LoggerService;
  /** The clock: epoch milliseconds. */
  now(): number;
  /**
   * What the hub wants measured by this source, those first that lack most
   * recent slots: for sources with `measures`.
   */
  objectives?(): Promise<WantedMeasurement[]>;
  /** What is known of its incidents: for sources that say when one has ended. */
  incidents?: HeldIncidents;
}

/** An objective of which slots are to be counted: missing ones, and late ones once more. @public */
export interface WantedMeasurement {
  /** Of the objective, to be said in the observation. */
  id: string;
  /** Identifies the indicator, to be said in the observation. */
  indicatorId: string;
  indicator: ObjectiveIndicator;
  /** Epoch milliseconds, half-open, the newest first; multiples of `SLOT_MS`. */
  missing: { from: number; to: number }[];
}

/**
 * One thing to read from: a repository, an instance of a tool. It maps answers
 * to observations, nothing else: leases, retries, cursors, matching, merging,
 * staleness, permissions and history are the hub's.
 *
 * @public
 */
export interface Source {
  /** Unique: `<type>:<name>`, e.g. `git:tern-gitops`. */
  readonly id: string;
  /** The connector, e.g. `git`. */
  readonly type: string;
  readonly title: string;
  /** Where people look at it; never with credentials. */
  readonly url?: string;
  /** One line for the Sources page, e.g. `gitops, branch main`. */
  readonly detail?: string;
  /** What it can say, so that pages know what its absence means. */
  readonly kinds: Observation['kind'][];
  /** Names and URLs by which services may point to it (repositories). */
  readonly aliases?: string[];
  readonly everySeconds: number;
  /**
   * It counts events for objectives: those that name it by one of `names`
   * (an OpenSLO DataSource, an instance), and where `isDefault` those that name
   * none.
   */
  readonly measures?: { names: string[]; isDefault: boolean };
  /** It answers queries and knows rules of alerts. */
  readonly metrics?: MetricReader;
  /** It takes deliveries of its tool. */
  readonly webhook?: SourceWebhook;
  /** Of a repository that is mirrored: what is known of its revisions. */
  readonly revisions?: RevisionReader;
  /**
   * Reads on from the cursor, batch by batch, until there is nothing new. May
   * be stopped between any two batches; must stop soon after the signal.
   *
   * @throws SourceError in plain words
   */
  pull(context: SourceContext): AsyncIterable<SourceBatch>;
}
