import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, toNumber } from '../database';
import { subjectIdOf } from '../subjects/SubjectStore';
import type { VersionedPayload } from './mergePayload';
import { changeIdOf, environmentOf } from './observationNames';
import {
  parsePayload,
  type ChangePayload,
  type DeploymentPayload,
} from './payloads';
import type { PreparedRecord, RecordKind } from './prepareObservation';

/** A row of `observation`, with its payload read. */
export interface StoredObservation extends VersionedPayload {
  seq?: string | number;
  kind: RecordKind;
  subject_id: string | null;
  environment: string | null;
  withdrawn: boolean;
  passId: string | null;
  /** To be written. */
  changed: boolean;
}

/** What is stored under the keys of records. */
export async function loadObservations(options: {
  transaction: Knex.Transaction;
  source: string;
  records: PreparedRecord[];
}): Promise<Map<string, StoredObservation>> {
  const { transaction, source, records } = options;
  const known = new Map<string, StoredObservation>();
  const keys = [...new Set(records.map(record => record.key))];
  for (const chunk of chunksOf(keys)) {
    const rows = await transaction('observation')
      .where({ source })
      .whereIn('key', chunk)
      .select('*');
    for (const row of rows) {
      known.set(row.key, {
        seq: row.seq,
        kind: row.kind,
        version: toNumber(row.version),
        hash: row.hash,
        payload: JSON.parse(row.payload),
        older: row.older ? JSON.parse(row.older) : {},
        subject_id: row.subject_id,
        environment: row.environment,
        withdrawn: row.withdrawn_at !== null,
        passId: row.pass_id,
        changed: false,
      });
    }
  }
  return known;
}

/**
 * When what is said was so, epoch milliseconds: of several observations of one
 * subject the latest one's traits count.
 */
export function instantOf(payload: {
  finishedAt?: number;
  at?: number;
  comparedAt?: number;
  syncedAt?: number;
  detectedAt?: number;
}): number {
  const { at, finishedAt, detectedAt, comparedAt = 0, syncedAt = 0 } = payload;
  return at ?? finishedAt ?? detectedAt ?? Math.max(comparedAt, syncedAt);
}

/** Writes what of `known` these keys have, and which subjects changes touch. */
export async function writeObservations(options: {
  environments: EnvironmentRule[];
  transaction: Knex.Transaction;
  source: string;
  known: Map<string, StoredObservation>;
  keys: string[];
  now: number;
}): Promise<void> {
  const { transaction, source, known, keys } = options;
  const inserts: Record<string, unknown>[] = [];
  const touched: {
    change_id: string;
    subject_id: string;
    environment: string;
  }[] = [];
  for (const key of keys) {
    const observation = known.get(key) as StoredObservation;
    const text = canonicalJson(observation.payload);
    const isChange = observation.kind === 'change';
    const content = parsePayload<ChangePayload & DeploymentPayload>(text);
    const row = {
      kind: observation.kind,
      version: observation.version,
      hash: observation.hash,
      payload: text,
      older:
        Object.keys(observation.older).length > 0
          ? canonicalJson(observation.older)
          : null,
      subject_id: observation.subject_id,
      environment: observation.environment,
      environment_word: isChange ? null : content.environment ?? null,
      record_id: isChange ? changeIdOf(source, key) : null,
      at: instantOf(content),
      withdrawn_at: null,
      withdrawn_reason: null,
      pass_id: observation.passId,
      open_heard_at:
        observation.kind === 'incident' &&
        observation.payload.resolvedAt === undefined
          ? options.now
          : null,
    };
    if (observation.seq === undefined) {
      inserts.push({ source, key, ...row });
    } else {
      await transaction('observation')
        .where({ seq: observation.seq })
        .update(row);
    }
    if (isChange) {
      const changeId = changeIdOf(source, key);
      const seen = new Set<string>();
      for (const touch of content.touches) {
        const subject = subjectIdOf(source, touch.subject.key);
        const environment =
          environmentOf(touch.environment, options.environments) ?? '';
        if (!seen.has(`${subject}\0${environment}`)) {
          seen.add(`${subject}\0${environment}`);
          touched.push({
            change_id: changeId,
            subject_id: subject,
            environment,
          });
        }
      }
    }
  }
  for (const chunk of chunksOf(inserts)) {
    await transaction('observation').insert(chunk);
  }
  const changes = keys.filter(key => known.get(key)?.kind === 'change');
  for (const chunk of chunksOf(changes)) {
    await transaction('change_subject')
      .whereIn(
        'change_id',
        chunk.map(key => changeIdOf(source, key)),
      )
      .delete();
  }
  for (const chunk of chunksOf(touched)) {
    await transaction('change_subject')
      .insert(chunk)
      .onConflict(['change_id', 'subject_id', 'environment'])
      .ignore();
  }
}

/** What a full listing names again is not vanished, changed or not. */
export async function touchPass(options: {
  transaction: Knex.Transaction;
  passId?: string;
  records: PreparedRecord[];
  known: Map<string, StoredObservation>;
  skip: Map<string, unknown>;
}): Promise<void> {
  const { transaction, passId, known } = options;
  if (passId === undefined) {
    return;
  }
  const seqs = [...new Set(options.records.map(({ key }) => key))]
    .filter(key => !options.skip.has(key))
    .map(key => known.get(key))
    .filter(stored => stored?.seq !== undefined && stored.passId !== passId)
    .map(stored => stored!.seq as string);
  for (const chunk of chunksOf(seqs)) {
    await transaction('observation')
      .whereIn('seq', chunk)
      .update({ pass_id: passId });
  }
}
