import {
  resolveEnvironment,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  canonicalJson,
  chunksOf,
  deterministicId,
  hashOf,
  toNumber,
} from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { subjectIdOf, SubjectStore } from '../subjects/SubjectStore';
import { mergePayload, type VersionedPayload } from './mergePayload';
import {
  parsePayload,
  type ChangePayload,
  type DeploymentPayload,
} from './payloads';
import type { PreparedRecord } from './prepareObservation';

/** Where a deployment goes that no source names an environment for. */
export const UNKNOWN_ENVIRONMENT = 'unknown';

interface StoredObservation extends VersionedPayload {
  seq?: string | number;
  kind: 'deployment' | 'change';
  subject_id: string | null;
  environment: string | null;
  withdrawn: boolean;
  passId: string | null;
  /** To be written. */
  changed: boolean;
}

/** What became of a run of records. */
export interface AppliedRecords {
  applied: number;
  ignored: number;
  /** Observations there are more of now, by kind. */
  added: Record<string, number>;
}

/** The name of the environment that a source's word stands for. */
export function environmentOf(
  word: string | undefined,
  rules: EnvironmentRule[],
): string | undefined {
  return word === undefined
    ? undefined
    : resolveEnvironment({ word, rules }).name.slice(0, 100);
}

/** The id of the change that an observation tells of. */
export function changeIdOf(source: string, key: string): string {
  return deterministicId('change', source, key);
}

/** What sources said last about each key: deployments and changes. */
export class ObservationStore {
  readonly #environments: EnvironmentRule[];
  readonly #subjects: SubjectStore;

  private constructor(environments: EnvironmentRule[], subjects: SubjectStore) {
    this.#environments = environments;
    this.#subjects = subjects;
  }

  static create(options: {
    environments: EnvironmentRule[];
    subjects: SubjectStore;
  }): ObservationStore {
    return new ObservationStore(options.environments, options.subjects);
  }

  /** Takes records in, with their subjects and the marks of what they concern. */
  async apply(options: {
    transaction: Knex.Transaction;
    source: string;
    records: PreparedRecord[];
    personIds: Map<string, string>;
    passId?: string;
    now: number;
  }): Promise<AppliedRecords> {
    const { transaction, source, records, now } = options;
    const result: AppliedRecords = { applied: 0, ignored: 0, added: {} };
    const known = await this.#load(transaction, source, records);
    const dirty: { subjectId: string; environment: string }[] = [];
    const current = new Map<string, PreparedRecord>();
    for (const record of records) {
      const payload = record.toPayload(options.personIds);
      const stored = known.get(record.key);
      const revived =
        stored?.withdrawn === true && record.version >= stored.version;
      const merged = mergePayload({
        // What was withdrawn says nothing more: it is not added to.
        stored: revived ? undefined : stored,
        incoming: {
          version: record.version,
          hash: hashOf({ kind: record.kind, payload }),
          payload,
        },
      });
      if (!merged || (stored?.withdrawn && !revived)) {
        result.ignored += 1;
        continue;
      }
      result.applied += 1;
      if (!stored || revived) {
        result.added[record.kind] = (result.added[record.kind] ?? 0) + 1;
      }
      if (stored?.subject_id && stored.environment) {
        dirty.push({
          subjectId: stored.subject_id,
          environment: stored.environment,
        });
      }
      const next: StoredObservation = {
        ...merged,
        seq: stored?.seq,
        kind: record.kind,
        subject_id: null,
        environment: null,
        withdrawn: false,
        passId: options.passId ?? stored?.passId ?? null,
        changed: true,
      };
      if (record.kind === 'deployment') {
        const { subject, environment } =
          next.payload as unknown as DeploymentPayload;
        next.subject_id = subjectIdOf(source, subject.key);
        next.environment =
          environmentOf(environment, this.#environments) ?? UNKNOWN_ENVIRONMENT;
        dirty.push({
          subjectId: next.subject_id,
          environment: next.environment,
        });
      }
      known.set(record.key, next);
      current.set(record.key, record);
    }
    await this.#subjects.observe({
      transaction,
      source,
      observed: [...current].flatMap(([key, record]) => {
        const { payload } = known.get(key) as StoredObservation;
        const at = Number(payload.finishedAt ?? payload.at);
        return record.subjects.map(subject => ({ subject, key, at }));
      }),
      now,
    });
    await this.#write({ ...options, known, keys: [...current.keys()] });
    await this.#subjects.reobserve({
      transaction,
      source,
      keys: [...current.keys()].filter(
        key => known.get(key)?.seq !== undefined,
      ),
      now,
    });
    await this.#touchPass({ ...options, known, skip: current });
    await dirtyMarks.sequencesOfSubjects(transaction, dirty, now);
    await dirtyMarks.changes(
      transaction,
      [...current.values()]
        .filter(({ kind }) => kind === 'change')
        .map(({ key }) => changeIdOf(source, key)),
      now,
    );
    return result;
  }

  async #load(
    transaction: Knex.Transaction,
    source: string,
    records: PreparedRecord[],
  ): Promise<Map<string, StoredObservation>> {
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

  async #write(options: {
    transaction: Knex.Transaction;
    source: string;
    known: Map<string, StoredObservation>;
    keys: string[];
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
        at: isChange ? content.at : content.finishedAt,
        withdrawn_at: null,
        withdrawn_reason: null,
        pass_id: observation.passId,
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
            environmentOf(touch.environment, this.#environments) ?? '';
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
  async #touchPass(options: {
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
}
