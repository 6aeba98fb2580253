import { InputError } from '@backstage/errors';
import {
  ATTRIBUTED_MS,
  DAY_MS,
  type EnvironmentRule,
  type ObjectiveChart,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { iso, parseRange, type Range } from '../http/range';
import type { Visibility } from '../permissions/VisibleServices';
import { budgetShares, type SpendingDeployment } from './budgetShares';
import { chartSlots, oldestKept } from './chartSlots';
import { objectiveChart } from './objectiveChart';
import type {
  KeptFigures,
  ObjectiveDefinition,
  ObjectiveRow,
} from './objectiveRecord';
import { visibleSubjects } from './ObjectiveReads';

const MAX_RANGE_DAYS = 400;

/** The budget of an objective over time, and the deployments that spent it. */
export class ObjectiveChartReads {
  readonly #database: Knex;
  readonly #environments: EnvironmentRule[];

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }) {
    this.#database = options.database;
    this.#environments = options.environments;
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }): ObjectiveChartReads {
    return new ObjectiveChartReads(options);
  }

  /**
   * The chart of a range, by default of the period, of as much of it as is kept;
   * its shares are those of the period.
   *
   * @returns nothing where nothing is known
   * @throws InputError where the range is over 400 days
   */
  async of(options: {
    row: ObjectiveRow;
    visible: Visibility;
    query: { from?: string; to?: string };
    /** Epoch milliseconds. */
    now: number;
  }): Promise<ObjectiveChart | undefined> {
    const { row } = options;
    const { objective } = JSON.parse(row.record) as ObjectiveDefinition;
    const kept: KeptFigures | undefined = row.figures
      ? JSON.parse(row.figures)
      : undefined;
    const knownTo = toNumber(row.known_to);
    const period = kept?.figures?.period;
    if (!objective || !period || !row.series_id || knownTo === undefined) {
      return undefined;
    }
    const oldest = await oldestKept(this.#database, row.series_id);
    const there = { from: oldest ?? knownTo, to: knownTo };
    const asked = chartRange({ ...options, period });
    const isCut = options.query.from !== undefined && asked.from < there.from;
    const range =
      isCut && there.from < asked.to ? { ...asked, from: there.from } : asked;
    const { drawn, spent } = await chartSlots({
      database: this.#database,
      seriesId: row.series_id,
      lengthMs: objective.period.lengthMs,
      range,
      period,
      kept: there,
    });
    const chart = objectiveChart({ objective, slots: drawn, range, knownTo });
    const deployments = await this.#deployments({ ...options, period });
    return {
      from: iso(range.from),
      to: iso(range.to),
      ...(isCut ? { keptFrom: iso(there.from) } : {}),
      ...chart,
      ...budgetShares({ objective, slots: spent, period, deployments }),
    };
  }

  /**
   * Deployments to production of the services that the objective is of: there is
   * what people use, and a file of SLOs does not say of which environment it is.
   * Those of services that the caller may not see too: a share does not depend on
   * who looks.
   */
  async #deployments(options: {
    row: ObjectiveRow;
    visible: Visibility;
    period: Range;
  }): Promise<SpendingDeployment[]> {
    const { row, visible, period } = options;
    const servicesFor = async (whom: Visibility): Promise<string[]> =>
      await visibleSubjects(this.#database, whom)
        .clearSelect()
        .where('link.subject_id', row.subject_id)
        .distinct('service.id')
        .pluck('service.id');
    const [services, seen] = await Promise.all([
      servicesFor({ kind: 'all' }),
      servicesFor(visible),
    ]);
    const rows: Record<string, any>[] = await this.#database('deployment')
      .join('service', 'service.id', 'deployment.service_id')
      .leftJoin('delivery', 'delivery.deployment_id', 'deployment.id')
      .whereIn('deployment.service_id', services)
      .whereIn(
        'deployment.environment',
        this.#environments
          .filter(({ tier }) => tier === 'production')
          .map(({ name }) => name),
      )
      .whereNot('deployment.rollout', 'cancelled')
      .where('deployment.finished_at', '>=', period.from - ATTRIBUTED_MS)
      .where('deployment.finished_at', '<', period.to)
      .orderBy(['deployment.finished_at', 'deployment.id'])
      .select(
        'deployment.id',
        'deployment.environment',
        'deployment.version',
        'deployment.finished_at',
        'deployment.service_id',
        'deployment.previous_id',
        'deployment.restores_id',
        'service.ref',
        'delivery.restored_at',
      );
    return rows.map(each => ({
      id: each.id,
      serviceRef: each.ref,
      environment: each.environment,
      version: each.version,
      finishedAt: toNumber(each.finished_at),
      recoveredAt: toNumber(each.restored_at),
      undoes: each.restores_id ? each.previous_id ?? undefined : undefined,
      visible: seen.includes(each.service_id),
    }));
  }
}

function chartRange(options: {
  period: Range;
  query: { from?: string; to?: string };
  now: number;
}): Range {
  const { period, query, now } = options;
  if (query.from === undefined && query.to === undefined) {
    return { from: period.from, to: period.to };
  }
  const range = parseRange({ query, now });
  if (range.to - range.from > MAX_RANGE_DAYS * DAY_MS) {
    throw new InputError(
      `query.from: a chart is of ${MAX_RANGE_DAYS} days at most; ask for a shorter range`,
    );
  }
  return range;
}
