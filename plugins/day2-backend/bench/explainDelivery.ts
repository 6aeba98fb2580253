import { DAY_MS, type TimeRange } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { DeliveryReads } from '../src/delivery/DeliveryReads';
import { DeliveryRecordReads } from '../src/delivery/DeliveryRecordReads';
import { serviceMoments } from '../src/delivery/serviceMoments';
import { explainQueries } from './explainQueries';

const WEEK_MS = 7 * DAY_MS;

/** By what the queries of the scoreboard, a service and the rows behind go. */
export async function explainDelivery(
  options: { database: Knex } & TimeRange,
): Promise<void> {
  const { database, from, to } = options;
  const reads = DeliveryReads.create({ database });
  const records = DeliveryRecordReads.create({
    database,
    environments: [{ name: 'production', tier: 'production', match: [] }],
  });
  const services = await serviceMoments(database);
  const serviceIds = services.slice(0, 1).map(({ id }) => id);
  const environments = ['production'];
  const range = { from: from - (to - from), to };
  // As of a zone whose midnight is none of UTC's.
  const weeks = Array.from(
    { length: 13 },
    (_, at) => from + at * WEEK_MS + 1_000,
  );
  const pieces = (borders: number[], ids?: string[]) => () =>
    reads.pieces({
      environments,
      range,
      borders: [range.from, from, to, ...borders],
      ownBorders: [],
      serviceIds: ids,
    });
  const spans = services.map(({ id: serviceId }) => ({
    serviceId,
    from,
    to,
    assumed: false,
  }));
  const rows = (asked: object, ids?: string[]) => () =>
    records.list({
      range: { from, to },
      metric: 'changeFailRate',
      spans: ids ? spans.filter(span => ids.includes(span.serviceId)) : spans,
      isAll: ids === undefined,
      limit: 50,
      ...asked,
    });
  await explainQueries({
    database,
    large: [
      'delivery',
      'delivery_cell',
      'deployment',
      'deployment_commit',
      'git_commit',
    ],
    work: {
      'cells of all services': pieces([]),
      'cells of all, weeks of another zone': pieces(weeks),
      'cells of one service': pieces([], serviceIds),
      'first delivery of all services': () => reads.firstOf({ environments }),
      'rows behind a figure of all': rows({}),
      'failed ones of all': rows({ role: 'numerator' }),
      'rows behind a figure of one service': rows({}, serviceIds),
      'one service asked by environment': rows(
        { environment: 'production' },
        serviceIds,
      ),
    },
  });
}
