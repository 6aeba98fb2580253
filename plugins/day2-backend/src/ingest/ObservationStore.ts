import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { hashOf } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { markReferencesDirty } from '../incidents/dirtyIncidents';
import { subjectIdOf } from '../subjects/SubjectStore';
import { subjectTraits } from '../subjects/subjectTraits';
import { mergePayload } from './mergePayload';
import {
  changeIdOf,
  environmentOf,
  UNKNOWN_ENVIRONMENT,
} from './observationNames';
import {
  instantOf,
  loadObservations,
  touchPass,
  writeObservations,
  type StoredObservation,
} from './observationRows';
import { markConcerned, type ConcernedPlace } from './markConcerned';
import type { DeploymentPayload } from './payloads';
import type { PreparedRecord } from './prepareObservation';

export { changeIdOf, environmentOf } from './observationNames';

/** What became of a run of records. */
export interface AppliedRecords {
  applied: number;
  ignored: number;
  /** Observations there are more of now, by kind. */
  added: Record<string, number>;
}

/** What sources said last about each key: deployments, changes, applications. */
export class ObservationStore {
  readonly #environments: EnvironmentRule[];

  private constructor(environments: EnvironmentRule[]) {
    this.#environments = environments;
  }

  static create(options: {
    environments: EnvironmentRule[];
  }): ObservationStore {
    return new ObservationStore(options.environments);
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
    const known = await loadObservations({ transaction, source, records });
    const dirty: ConcernedPlace[] = [];
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
        whole: isWhole(record.kind),
      });
      if (!merged || (stored?.withdrawn && !revived)) {
        result.ignored += 1;
        continue;
      }
      result.applied += 1;
      if (!stored || revived) {
        result.added[record.kind] = (result.added[record.kind] ?? 0) + 1;
      }
      if (stored && !stored.withdrawn) {
        dirty.push(placeOf(stored));
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
      if (record.kind !== 'change') {
        const { subject, environment } =
          next.payload as unknown as DeploymentPayload;
        next.subject_id = subjectIdOf(source, subject.key);
        next.environment =
          environmentOf(environment, this.#environments) ?? UNKNOWN_ENVIRONMENT;
        dirty.push(placeOf(next));
      }
      known.set(record.key, next);
      current.set(record.key, record);
    }
    await subjectTraits.observe({
      transaction,
      source,
      observed: [...current].flatMap(([key, record]) => {
        const { payload } = known.get(key) as StoredObservation;
        const at = instantOf(payload);
        return record.subjects.map(subject => ({ subject, key, at }));
      }),
      now,
    });
    await writeObservations({
      ...options,
      environments: this.#environments,
      known,
      keys: [...current.keys()],
    });
    await subjectTraits.reobserve({
      transaction,
      source,
      keys: [...current.keys()].filter(
        key => known.get(key)?.seq !== undefined,
      ),
      now,
    });
    await touchPass({ ...options, known, skip: current });
    await markConcerned({ transaction, places: dirty, now });
    await dirtyMarks.changes(
      transaction,
      [...current.values()]
        .filter(({ kind }) => kind === 'change')
        .map(({ key }) => changeIdOf(source, key)),
      now,
    );
    await markReferencesDirty(
      transaction,
      [...current.values()]
        .filter(({ kind }) => kind === 'incident')
        .map(({ key }) => ({ source, key })),
      now,
    );
    return result;
  }
}

/** Each reading is a state by itself, of which nothing older is true any more. */
function isWhole(kind: PreparedRecord['kind']): boolean {
  return (
    kind === 'application' ||
    kind === 'objective' ||
    kind === 'incident' ||
    kind === 'on-call'
  );
}

function placeOf(observation: StoredObservation): ConcernedPlace {
  const { kind, subject_id, environment, payload } = observation;
  return { kind, subject_id, environment, basis: payload.basis };
}
