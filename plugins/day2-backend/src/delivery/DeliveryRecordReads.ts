import {
  deliveryRecordOf,
  isInSpan,
  type DeliveryMetric,
  type DeliveryRecord,
  type DeliveryRole,
  type EnvironmentRule,
  type EnvironmentTier,
  type MemberSpan,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, toNumber, type DeploymentRecord } from '../database';
import { decodeCursor, encodeCursor } from '../http/cursor';
import { iso, type Range } from '../http/range';
import { whereInList } from '../permissions/whereService';
import { deliveryFromRow, type DeliveryRow } from './deliveryRow';
import { mayHaveRole } from './mayHaveRole';

const ROWS_PER_LOOK = 500;

type RecordRow = DeliveryRow & {
  service_ref: string;
  version: string;
  record: string;
};

/** What rows behind a figure are asked for. */
export interface DeliveryRecordsRequest {
  range: Range;
  environment?: string;
  metric: DeliveryMetric;
  role?: DeliveryRole;
  spans: readonly MemberSpan[];
  /** The spans are all services there are. */
  isAll: boolean;
  limit: number;
  cursor?: string;
}

/** Reads of the deployments behind a figure. */
export class DeliveryRecordReads {
  readonly #database: Knex;
  readonly #tiers: Map<string, EnvironmentTier>;

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }) {
    this.#database = options.database;
    this.#tiers = new Map(
      options.environments.map(({ name, tier }) => [name, tier]),
    );
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }): DeliveryRecordReads {
    return new DeliveryRecordReads(options);
  }

  /**
   * Newest first, of one instant by id. Where no environment is asked for, those
   * of environments without a tier are among them, left out.
   *
   * @throws InputError when the cursor is of another list
   */
  async list(
    request: DeliveryRecordsRequest,
  ): Promise<{ items: DeliveryRecord[]; nextCursor?: string }> {
    const { limit } = request;
    let after = decodeCursor({ cursor: request.cursor, kind: 'number' });
    const spans = new Map<string, MemberSpan[]>();
    for (const span of request.spans) {
      spans.set(span.serviceId, [...(spans.get(span.serviceId) ?? []), span]);
    }
    const items: DeliveryRecord[] = [];
    const breather = Breather.create();
    let more = spans.size > 0;
    while (more) {
      await breather.breathe();
      const rows = await this.#rows({ request, after, ids: [...spans.keys()] });
      more = rows.length === ROWS_PER_LOOK;
      for (const row of rows) {
        const at = toNumber(row.finished_at);
        const isMember = spans
          .get(row.service_id)
          ?.some(span => isInSpan(span, at));
        const item = isMember ? this.#record(row, request) : undefined;
        if (item && (!request.role || item.role === request.role)) {
          if (items.length === limit) {
            return { items, nextCursor: after && encodeCursor(after) };
          }
          items.push(item);
          after = { at, id: row.deployment_id };
        }
      }
      const last = rows[rows.length - 1];
      if (more && items.length < limit) {
        after = { at: toNumber(last.finished_at), id: last.deployment_id };
      }
    }
    return { items };
  }

  async #rows(options: {
    request: DeliveryRecordsRequest;
    after: { at: number; id: string } | undefined;
    ids: string[];
  }): Promise<RecordRow[]> {
    const { request, after } = options;
    const query = this.#database('delivery')
      .join('deployment', 'deployment.id', 'delivery.deployment_id')
      .join('service', 'service.id', 'delivery.service_id')
      .where('delivery.finished_at', '>=', request.range.from)
      .where('delivery.finished_at', '<', request.range.to)
      .orderBy([
        { column: 'delivery.finished_at', order: 'desc' },
        { column: 'delivery.deployment_id', order: 'desc' },
      ])
      .limit(ROWS_PER_LOOK)
      .select(
        'delivery.*',
        'deployment.version',
        'deployment.record',
        'service.ref as service_ref',
      );
    if (request.environment === undefined) {
      // Tiers other than production are not asked about; none at all may be a mistake.
      query.whereNotIn(
        'delivery.environment',
        [...this.#tiers]
          .filter(([, tier]) => tier !== 'production' && tier !== 'unknown')
          .map(([name]) => name),
      );
    } else {
      query.where('delivery.environment', request.environment);
    }
    if (!request.isAll) {
      whereInList(query, {
        column: 'delivery.service_id',
        values: options.ids,
      });
    }
    if (after) {
      query.whereRaw('(??, ??) < (?, ?)', [
        'delivery.finished_at',
        'delivery.deployment_id',
        after.at,
        after.id,
      ]);
    }
    mayHaveRole(query, request);
    return await query;
  }

  #record(row: RecordRow, request: DeliveryRecordsRequest): DeliveryRecord {
    const { previousVersion, title } = JSON.parse(
      row.record,
    ) as DeploymentRecord;
    const tier = this.#tiers.get(row.environment) ?? 'unknown';
    return deliveryRecordOf({
      deployment: {
        id: row.deployment_id,
        serviceRef: row.service_ref,
        environment: row.environment,
        version: row.version,
        previousVersion,
        title,
        finishedAt: iso(toNumber(row.finished_at)),
      },
      delivery: deliveryFromRow(row),
      metric: request.metric,
      tier,
      // An environment that is asked for is what is asked about.
      asked: request.environment === undefined ? 'production' : tier,
    });
  }
}
