import { annotations } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { inTransaction } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { markIncidentsDirty } from '../incidents/dirtyIncidents';
import { OBJECTIVE_FILES_ID } from '../objectives/files/ObjectiveFilesSource';
import { noteHint } from '../sources/noteHint';
import type { SubjectStore } from '../subjects/SubjectStore';
import type { ObservedService } from './serviceFromEntity';
import { recordDependencies, recordHistory } from './serviceHistory';
import { toServiceRow, type ServiceRow } from './ServiceStore';

/** Annotations by which subjects find their services. */
const matchingAnnotations: string[] = [
  annotations.sourceLocation,
  annotations.managedByLocation,
  annotations.githubProjectSlug,
  annotations.gitlabProjectSlug,
  annotations.kubernetesId,
  annotations.kubernetesNamespace,
  annotations.kubernetesLabelSelector,
  annotations.argocdAppName,
  annotations.argocdAppSelector,
  annotations.argocdProjectName,
  annotations.argocdAppNamespace,
  annotations.argocdInstanceName,
  annotations.gitopsPath,
  annotations.image,
  annotations.repositoryPath,
  annotations.pagerdutyServiceId,
  annotations.pagerdutyAccount,
  annotations.alerts,
  annotations.prometheusAlert,
  annotations.prometheusLabels,
];

/** Annotations that say where a service's objectives are, and who measures them. */
const objectiveAnnotations: string[] = [
  annotations.managedByLocation,
  annotations.objectives,
  annotations.prometheusInstance,
];

/** What one entity means for the store. */
export interface ServiceToRecord extends ObservedService {
  domain?: string;
  /** The one of `previousRefs` that this entity continues; only where no entity has it any more. */
  renamedFrom?: string;
}

/** How to record. */
export interface RecordOptions {
  /** Throws where what is to be written is no longer ours to write. */
  holding?: (transaction: Knex) => Promise<void>;
}

/**
 * Writes services, their aliases, history and dependencies. Everything in one
 * call is one transaction.
 */
export class ServiceRecorder {
  readonly #database: Knex;
  readonly #subjects: SubjectStore;
  readonly #now: () => number;

  private constructor(options: {
    database: Knex;
    subjects: SubjectStore;
    now?: () => number;
  }) {
    this.#database = options.database;
    this.#subjects = options.subjects;
    this.#now = options.now ?? Date.now;
  }

  static create(options: {
    database: Knex;
    subjects: SubjectStore;
    now?: () => number;
  }): ServiceRecorder {
    return new ServiceRecorder(options);
  }

  /**
   * Subjects are matched again where a service is new, came back, was renamed
   * or changed an annotation that matching reads; SLO files are read soon where
   * one may have others.
   */
  async record(
    services: ServiceToRecord[],
    options: RecordOptions = {},
  ): Promise<void> {
    await inTransaction(this.#database, async transaction => {
      await options.holding?.(transaction);
      let rematch = false;
      let reread = false;
      for (const service of services) {
        const changed = await this.#recordOne(transaction, service);
        rematch ||= changed.rematch;
        reread ||= changed.reread;
      }
      if (rematch) {
        await this.#subjects.markDue({ all: true, transaction });
      }
      if (reread) {
        // Else a new portal, whose catalog is still empty, would wait its turn.
        await noteHint({
          transaction,
          source: OBJECTIVE_FILES_ID,
          now: this.#now(),
        });
      }
    });
  }

  /** Makes tombstones; the services keep their ids and their past. */
  async remove(ids: string[], options: RecordOptions = {}): Promise<void> {
    const now = this.#now();
    await inTransaction(this.#database, async transaction => {
      await options.holding?.(transaction);
      for (const id of ids) {
        const row = await transaction('service').where({ id }).first();
        if (!row || row.removed_at !== null) {
          continue;
        }
        await transaction('service').where({ id }).update({ removed_at: now });
        const service = toServiceRow(row);
        await recordHistory(transaction, { now, ...service, removed: true });
        await recordDependencies(transaction, { now, id, dependsOn: [] });
      }
      if (ids.length > 0) {
        await this.#subjects.markDue({ all: true, transaction });
      }
    });
  }

  async #recordOne(
    transaction: Knex.Transaction,
    service: ServiceToRecord,
  ): Promise<{ rematch: boolean; reread: boolean }> {
    const now = this.#now();
    const before = await this.#find(transaction, service);
    const id = before?.id ?? randomUUID().replaceAll('-', '');
    const columns = {
      ref: service.ref,
      kind: service.kind,
      title: service.title,
      type: service.type ?? null,
      lifecycle: service.lifecycle ?? null,
      owner: service.owner ?? null,
      system: service.system ?? null,
      domain: service.domain ?? null,
      tier: service.tier ?? null,
      etag: service.etag,
      annotations: JSON.stringify(service.annotations),
      links: JSON.stringify(service.links),
      seen_at: now,
      removed_at: null,
    };
    if (before) {
      await transaction('service').where({ id }).update(columns);
      if (before.ref !== service.ref) {
        await transaction('service_alias')
          .where({ ref: before.ref, service_id: id })
          .update({ valid_to: now });
      }
    } else {
      await transaction('service').insert({ ...columns, id, created_at: now });
    }
    await transaction('service_alias')
      .insert({
        ref: service.ref,
        service_id: id,
        valid_from: now,
        valid_to: null,
      })
      .onConflict('ref')
      .merge(
        before?.ref === service.ref
          ? ['valid_to']
          : ['service_id', 'valid_from', 'valid_to'],
      );
    await recordHistory(transaction, { now, ...service, id, removed: false });
    await recordDependencies(transaction, {
      now,
      id,
      dependsOn: service.dependsOn,
    });
    if (
      before &&
      before.annotations[annotations.image] !==
        service.annotations[annotations.image]
    ) {
      // Of several images that a sync put live it tells which is the service's.
      await dirtyMarks.sequencesOfService(transaction, id, now);
    }
    if (before && before.tier !== service.tier) {
      // The impact may be assumed by it.
      await markIncidentsDirty(transaction, { serviceIds: [id] }, now);
    }
    const isAnother =
      !before || before.removedAt !== undefined || before.ref !== service.ref;
    const differsIn = (keys: string[]) =>
      keys.some(key => before?.annotations[key] !== service.annotations[key]);
    return {
      rematch:
        isAnother ||
        before.title !== service.title ||
        differsIn(matchingAnnotations),
      reread: isAnother || differsIn(objectiveAnnotations),
    };
  }

  async #find(
    transaction: Knex.Transaction,
    service: ServiceToRecord,
  ): Promise<ServiceRow | undefined> {
    for (const ref of [service.ref, service.renamedFrom]) {
      const row = ref && (await transaction('service').where({ ref }).first());
      if (row) {
        return toServiceRow(row);
      }
    }
    return undefined;
  }
}
