import type { IncidentReference } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';
import { parsePayload, type IncidentPayload } from '../ingest/payloads';
import { activeLinks } from '../subjects/activeLinks';
import type { StoredReference } from './incidentRows';

const COLUMNS = ['source', 'key', 'subject_id', 'environment', 'payload'];

/** Reads references as sources say them and as their subjects are linked now. */
export class ObservedReferences {
  readonly #transaction: Knex;
  readonly #services = new Map<string, string[]>();

  private constructor(transaction: Knex) {
    this.#transaction = transaction;
  }

  static create(options: { transaction: Knex }): ObservedReferences {
    return new ObservedReferences(options.transaction);
  }

  /** Those that stand; of what is withdrawn nothing is left. */
  async byNames(references: IncidentReference[]): Promise<StoredReference[]> {
    const rows: Record<string, any>[] = [];
    const bySource = new Map<string, string[]>();
    for (const { source, key } of references) {
      const keys = bySource.get(source) ?? [];
      keys.push(key);
      bySource.set(source, keys);
    }
    for (const [source, keys] of bySource) {
      for (const chunk of chunksOf(keys)) {
        rows.push(
          ...(await this.#standing()
            .where({ source })
            .whereIn('key', chunk)
            .select(COLUMNS)),
        );
      }
    }
    return this.#read(rows);
  }

  /** Those of services that opened in a range, both ends included. */
  async near(options: {
    serviceIds: string[];
    detected: Range;
  }): Promise<StoredReference[]> {
    const { detected } = options;
    const rows: Record<string, any>[] = [];
    for (const chunk of chunksOf(await this.#subjectsOf(options.serviceIds))) {
      rows.push(
        ...(await this.#standing()
          .whereIn('subject_id', chunk)
          .whereBetween('at', [detected.from, detected.to])
          .select(COLUMNS)),
      );
    }
    return this.#read(rows);
  }

  #standing() {
    // In the words of the index, which SQLite takes for no other.
    return this.#transaction('observation')
      .whereRaw("kind = 'incident'")
      .whereNull('withdrawn_at');
  }

  async #subjectsOf(serviceIds: string[]): Promise<string[]> {
    const found = new Set<string>();
    for (const chunk of chunksOf(serviceIds)) {
      const ids: string[] = await activeLinks(this.#transaction)
        .whereIn('service_id', chunk)
        .distinct()
        .pluck('subject_id');
      ids.forEach(id => found.add(id));
    }
    return [...found];
  }

  async #read(rows: Record<string, any>[]): Promise<StoredReference[]> {
    const unknown = new Set(
      rows
        .map(({ subject_id }) => subject_id as string)
        .filter(id => !this.#services.has(id)),
    );
    for (const chunk of chunksOf([...unknown])) {
      const links = await activeLinks(this.#transaction)
        .whereIn('subject_id', chunk)
        .distinct('subject_id', 'service_id')
        .orderBy(['subject_id', 'service_id']);
      for (const id of chunk) {
        this.#services.set(
          id,
          links
            .filter(({ subject_id }) => subject_id === id)
            .map(({ service_id }) => service_id),
        );
      }
    }
    return rows.map(row =>
      referenceOf(row, this.#services.get(row.subject_id) ?? []),
    );
  }
}

function referenceOf(
  row: Record<string, any>,
  services: string[],
): StoredReference {
  const payload = parsePayload<IncidentPayload>(row.payload);
  const { environment: word, runbook, suppressed } = payload;
  return {
    source: row.source,
    key: row.key,
    tool: payload.tool,
    kind: payload.nature,
    services,
    // Of a source that names none the column says `unknown`.
    ...(word === undefined ? {} : { environment: row.environment }),
    title: payload.title,
    url: payload.url,
    words: payload.words,
    impactStartedAt: payload.impactStartedAt,
    detectedAt: payload.detectedAt,
    acknowledgedAt: payload.acknowledgedAt,
    mitigatedAt: payload.mitigatedAt,
    resolvedAt: payload.resolvedAt,
    gaps: payload.gaps,
    causes: payload.causes,
    runbook,
    suppressed,
  };
}
