import {
  cellOf,
  DAY_MS,
  utcDayOf,
  type DeliverySum,
  type TimeRange,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { whereInList } from '../permissions/whereService';
import { cellRuns } from './cellRuns';
import { dayRuns } from './dayRuns';
import { deliveryFromRow, SUMMED, type DeliveryRow } from './deliveryRow';

const DAYS_PER_QUERY = 200;

/** Deliveries of a service at an instant, or from the UTC day that begins there on. */
export interface SummedPiece {
  serviceId: string;
  at: number;
  cell: DeliverySum;
}

/** What is read for figures. */
export interface PiecesRequest {
  environments: string[];
  range: TimeRange;
  /** Absent: of all. */
  serviceIds?: string[];
  /** Instants that part the time of all services. */
  borders: number[];
  /** Instants that part the time of one service. */
  ownBorders: { serviceId: string; at: number }[];
}

/** Reads of cells, and of deliveries on the days that a border parts. */
export class DeliveryReads {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): DeliveryReads {
    return new DeliveryReads(options.database);
  }

  /**
   * All that was delivered in a range, in pieces none of which lies on both
   * sides of a border: sums of cells of whole days, single deliveries of parted
   * ones.
   */
  async pieces(request: PiecesRequest): Promise<SummedPiece[]> {
    const { range, environments, serviceIds } = request;
    if (environments.length === 0 || serviceIds?.length === 0) {
      return [];
    }
    const { all, own } = partedDays(request);
    const days = {
      first: utcDayOf(range.from),
      end: Math.ceil(range.to / DAY_MS),
    };
    const runOf = dayRuns({ ...request, ...days });
    const found: SummedPiece[] = await cellRuns(this.#database, {
      ...days,
      environments,
      serviceIds,
      runOf: (serviceId, day) =>
        all.has(day) || own.get(day)?.has(serviceId)
          ? undefined
          : runOf(serviceId, day),
    });
    for (const row of await this.#onParted({ request, all, own })) {
      const delivery = deliveryFromRow({ ...row, reasons: undefined });
      const at = delivery.finishedAt;
      if (range.from <= at && at < range.to) {
        const { service_id: serviceId } = row;
        found.push({ serviceId, at, cell: cellOf([delivery]) });
      }
    }
    return found;
  }

  /** When each service's first delivery finished: epoch milliseconds. */
  async firstOf(options: {
    environments: string[];
    serviceIds?: string[];
  }): Promise<Map<string, number>> {
    const query = this.#database('service').select('service.id');
    // One look at the index each, however many deliveries there are.
    options.environments.forEach((environment, at) => {
      query.select(
        this.#database('delivery')
          .whereRaw('?? = ??', ['delivery.service_id', 'service.id'])
          .where('delivery.environment', environment)
          .orderBy('finished_at')
          .limit(1)
          .select('finished_at')
          .as(`first${at}`),
      );
    });
    this.#narrow(query, 'service.id', options.serviceIds);
    const rows: Record<string, any>[] = await query;
    return new Map(
      rows.flatMap(row => {
        const times = options.environments.flatMap(
          (_, at) => toNumber(row[`first${at}`]) ?? [],
        );
        return times.length === 0 ? [] : [[row.id, Math.min(...times)]];
      }),
    );
  }

  /** Since when a cell waits to be computed again: epoch milliseconds. */
  async behindSince(): Promise<number | undefined> {
    const row = await this.#database('dirty_delivery_cell')
      .orderBy('since')
      .first('since');
    return toNumber(row?.since);
  }

  async #onParted(options: {
    request: PiecesRequest;
    all: Set<number>;
    own: Map<number, Set<string>>;
  }): Promise<DeliveryRow[]> {
    const { request, all, own } = options;
    const days = [...new Set([...all, ...own.keys()])];
    const found: DeliveryRow[] = [];
    for (const chunk of chunksOf(days, DAYS_PER_QUERY)) {
      const query = this.#database('delivery')
        .whereIn('environment', request.environments)
        .where(where => {
          for (const day of chunk) {
            where.orWhere(one => {
              one
                .where('finished_at', '>=', day * DAY_MS)
                .where('finished_at', '<', (day + 1) * DAY_MS);
              if (!all.has(day)) {
                this.#narrow(one, 'delivery.service_id', [
                  ...(own.get(day) ?? []),
                ]);
              }
            });
          }
        })
        .select(SUMMED);
      this.#narrow(query, 'delivery.service_id', request.serviceIds);
      for (const row of await query) {
        found.push(row);
      }
    }
    return found;
  }

  #narrow(
    query: Knex.QueryBuilder,
    column: string,
    values: string[] | undefined,
  ): void {
    if (values) {
      whereInList(query, { column, values });
    }
  }
}

/** UTC days that a border lies within: of all services, and of single ones. */
function partedDays(request: PiecesRequest): {
  all: Set<number>;
  own: Map<number, Set<string>>;
} {
  const { from, to } = request.range;
  const parts = (at: number) => at % DAY_MS !== 0 && from <= at && at <= to;
  const all = new Set(request.borders.filter(parts).map(utcDayOf));
  const own = new Map<number, Set<string>>();
  for (const { serviceId, at } of request.ownBorders) {
    const day = utcDayOf(at);
    if (parts(at) && !all.has(day)) {
      own.set(day, (own.get(day) ?? new Set()).add(serviceId));
    }
  }
  return { all, own };
}
