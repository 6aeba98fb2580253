import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { Range } from '../http/range';
import { joinRanges } from '../objectives/ranges';
import { activeLinks } from '../subjects/activeLinks';
import { markSuspectsDirty } from './dirtySuspects';
import { onsetIncidents } from './onsetIncidents';

const HOUR_MS = 3_600_000;
/** Errors are compared over an hour on both sides, in whole slots. */
const REACH_MS = HOUR_MS + SLOT_MS;
/** A roll-out takes no longer: what began before that has finished. */
const ROLL_OUT_MS = 24 * HOUR_MS;

/** What is known otherwise of the objectives of a subject. */
export interface RemeasuredSubject {
  subjectId: string;
  /** The slots: epoch milliseconds. */
  changed: readonly Range[];
}

/**
 * Marks the incidents that have suspects of services about which something was
 * measured otherwise near them: how errors went around the end of a roll-out,
 * until the incident was over, is one of the things they are judged by.
 */
export async function markMeasured(
  transaction: Knex.Transaction,
  measured: readonly RemeasuredSubject[],
  now: number,
): Promise<void> {
  const bySubject = new Map<string, Range[]>();
  for (const { subjectId, changed } of measured) {
    if (changed.length > 0) {
      bySubject.set(
        subjectId,
        joinRanges([...(bySubject.get(subjectId) ?? []), ...changed]),
      );
    }
  }
  const found = await onsetIncidents(transaction, bySubject);
  for (const chunk of chunksOf([...bySubject])) {
    const ranges = chunk.flatMap(([, changed]) => changed);
    const rows: SuspectTimes[] = await activeLinks(transaction)
      .join('suspect', 'suspect.service_id', 'link.service_id')
      .join('incident', 'incident.id', 'suspect.incident_id')
      .leftJoin('deployment', 'deployment.id', 'suspect.candidate_id')
      .leftJoin('delivery', 'delivery.deployment_id', 'suspect.candidate_id')
      .whereIn(
        'link.subject_id',
        chunk.map(([subjectId]) => subjectId),
      )
      .where('suspect.role', 'cause')
      .whereBetween('suspect.at', [
        Math.min(...ranges.map(({ from }) => from)) - REACH_MS - ROLL_OUT_MS,
        Math.max(...ranges.map(({ to }) => to)) + REACH_MS,
      ])
      .select(
        'link.subject_id',
        'suspect.incident_id',
        'suspect.at',
        'incident.started_at',
        'incident.ended_at',
        'deployment.finished_at',
        'delivery.parts',
      );
    for (const row of rows) {
      const window = windowOf(row);
      const changed = bySubject.get(row.subject_id) ?? [];
      if (
        changed.some(({ from, to }) => from < window.to && to > window.from)
      ) {
        found.add(row.incident_id);
      }
    }
  }
  await markSuspectsDirty(transaction, found, now);
}

interface SuspectTimes {
  subject_id: string;
  incident_id: string;
  at: string | number;
  started_at: string | number;
  ended_at: string | number | null;
  finished_at: string | number | null;
  /** JSON: ids of the deployments that are counted with it. */
  parts: string | null;
}

/** The time whose slots a suspect is judged by. */
function windowOf(row: SuspectTimes): Range {
  const at = toNumber(row.finished_at ?? row.at);
  // It may have finished with another of one event, within the roll-out's time.
  const isOne = !row.parts || row.parts === '[]';
  const last = isOne ? at : at + ROLL_OUT_MS;
  const inProgress = last > toNumber(row.started_at);
  return {
    from: (inProgress ? toNumber(row.at) : at) - REACH_MS,
    to: Math.min(last + REACH_MS, toNumber(row.ended_at) ?? Infinity),
  };
}
