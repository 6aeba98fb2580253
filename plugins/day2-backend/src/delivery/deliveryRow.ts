import {
  keptDeliveryOf,
  packSeconds,
  unpackSeconds,
  type KeptDelivery,
} from '@day2/backstage-plugin-day2-common';
import { toNumber } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';

/** A row of `delivery`. On PostgreSQL instants come as strings: read by `toNumber`. */
export interface DeliveryRow {
  deployment_id: string;
  service_id: string;
  environment: string;
  finished_at: number;
  derived_from: string;
  basis: KeptDelivery['basis'];
  rollout: KeptDelivery['rollout'];
  counts: boolean;
  went_live: boolean;
  is_rollback: boolean;
  is_failed: boolean;
  is_rework: boolean;
  is_first: boolean;
  lead_expected: boolean;
  lead_measured: boolean;
  lead_commits: number;
  lead_anomalies: number;
  lead_merges: number;
  lead_earlier: number;
  lead_seconds: Uint8Array;
  recovery: NonNullable<KeptDelivery['recovery']>['how'] | null;
  recovery_seconds: number | null;
  failure_started_at: number | null;
  restored_at: number | null;
  restored_by_id: string | null;
  incident_id: string | null;
  failed_suspected: boolean | null;
  rework_suspected: boolean | null;
  recovery_suspected: boolean | null;
  /** JSON: ids of the deployments that are counted with it; null: none. */
  parts: string | null;
  reasons: string;
}

/** Columns of all of a delivery but the words, of an environment that is known. */
export const SUMMED = [
  'deployment_id',
  'service_id',
  'finished_at',
  'basis',
  'rollout',
  'counts',
  'went_live',
  'is_rollback',
  'is_failed',
  'is_rework',
  'is_first',
  'lead_expected',
  'lead_measured',
  'lead_anomalies',
  'lead_merges',
  'lead_earlier',
  'lead_seconds',
  'recovery',
  'recovery_seconds',
  'failure_started_at',
  'restored_at',
  'restored_by_id',
  'incident_id',
  'failed_suspected',
  'rework_suspected',
  'recovery_suspected',
] satisfies (keyof DeliveryRow)[];

const NO_REASONS: KeptDelivery['reasons'] = {
  deployment: [],
  failed: [],
  rework: [],
  lead: [],
  recovery: [],
};

/** A delivery as its row. */
export function deliveryToRow(options: {
  sequence: SequenceKey;
  delivery: KeptDelivery;
  derivedFrom: string;
  parts?: readonly string[];
}): DeliveryRow {
  const { sequence, delivery, derivedFrom, parts } = options;
  const { lead, recovery } = delivery;
  return {
    deployment_id: delivery.id,
    service_id: sequence.serviceId,
    environment: sequence.environment,
    finished_at: delivery.finishedAt,
    derived_from: derivedFrom,
    basis: delivery.basis,
    rollout: delivery.rollout,
    counts: delivery.countsAsDeployment,
    went_live: delivery.wentLive,
    is_rollback: delivery.isRollback,
    is_failed: delivery.isFailed,
    is_rework: delivery.isRework,
    is_first: delivery.isFirst,
    lead_expected: lead.expected,
    lead_measured: lead.measured,
    lead_commits: lead.commits.length,
    lead_anomalies: lead.anomalies.length,
    lead_merges: lead.merges,
    lead_earlier: lead.earlier,
    lead_seconds: toBytes(lead.commits.map(({ seconds }) => seconds)),
    recovery: recovery?.how ?? null,
    recovery_seconds: recovery?.seconds ?? null,
    failure_started_at: recovery?.failureStartedAt ?? null,
    restored_at: recovery?.restoredAt ?? null,
    restored_by_id: recovery?.restoredById ?? null,
    incident_id: recovery?.incidentId ?? null,
    failed_suspected: delivery.suspected.failed,
    rework_suspected: delivery.suspected.rework,
    recovery_suspected: delivery.suspected.recovery,
    parts: parts ? JSON.stringify(parts) : null,
    reasons: JSON.stringify(delivery.reasons),
  };
}

/** The delivery that a row is of; without its reasons where they were not read. */
export function deliveryFromRow(
  row: Omit<DeliveryRow, 'reasons' | 'parts'> & { reasons?: string },
): KeptDelivery {
  const finishedAt = toNumber(row.finished_at);
  const restoredAt = toNumber(row.restored_at);
  const startedAt = toNumber(row.failure_started_at);
  const seconds = row.recovery_seconds ?? undefined;
  return keptDeliveryOf({
    id: row.deployment_id,
    finishedAt,
    basis: row.basis,
    rollout: row.rollout,
    countsAsDeployment: Boolean(row.counts),
    wentLive: Boolean(row.went_live),
    isRollback: Boolean(row.is_rollback),
    isFailed: Boolean(row.is_failed),
    isRework: Boolean(row.is_rework),
    isFirst: Boolean(row.is_first),
    lead: {
      commits: Array.from(unpackSeconds(row.lead_seconds), each => ({
        seconds: each,
      })),
      anomalies: { length: row.lead_anomalies },
      merges: row.lead_merges,
      earlier: row.lead_earlier,
      expected: Boolean(row.lead_expected),
      measured: Boolean(row.lead_measured),
    },
    recovery:
      row.recovery === null
        ? undefined
        : {
            // A replica of an older release writes none; those began so.
            failureStartedAt: startedAt ?? finishedAt,
            restoredAt,
            seconds,
            // It ended, and for how long it lasted is not kept.
            anomaly: restoredAt !== undefined && seconds === undefined,
            how: row.recovery,
            restoredById: row.restored_by_id ?? undefined,
            incidentId: row.incident_id ?? undefined,
          },
    // A replica of an older release writes none, and knows of no incidents.
    suspected: {
      failed: Boolean(row.failed_suspected),
      rework: Boolean(row.rework_suspected),
      recovery: Boolean(row.recovery_suspected),
    },
    reasons: row.reasons === undefined ? NO_REASONS : JSON.parse(row.reasons),
  });
}

/** Sorted numbers as both databases take bytes. */
export function toBytes(sorted: ArrayLike<number>): Buffer {
  return Buffer.from(packSeconds(Int32Array.from(sorted)));
}
