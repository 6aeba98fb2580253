import { DAY_MS, type DeliverySum } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { whereInList } from '../permissions/whereService';
import { countsFrom } from './cellRow';
import { PackedSum } from './PackedSum';

/** Cells of a service on some days, summed. */
export interface CellRun {
  serviceId: string;
  /** When the first of the days begins: epoch milliseconds. */
  at: number;
  cell: DeliverySum;
}

/** What cells are read. */
export interface CellRunsRequest {
  environments: string[];
  /** Days since 1970: `[first, end)`. */
  first: number;
  end: number;
  /** Absent: of all. */
  serviceIds?: string[];
  /**
   * Tells days apart that must not be summed together; such a number never
   * comes back later. A day without one is left out.
   */
  runOf: (serviceId: string, day: number) => number | undefined;
}

/**
 * Reads cells, and sums those of a run.
 *
 * @throws InputError where what is stored is damaged
 */
export async function cellRuns(
  database: Knex,
  request: CellRunsRequest,
): Promise<CellRun[]> {
  // Most days are alike: a few hundred kinds of counts in all.
  const kinds = new Map<string, DeliverySum['counts']>();
  const countsOf = (text: string) => {
    const counts = kinds.get(text) ?? countsFrom(text);
    kinds.set(text, counts);
    return counts;
  };
  const found: CellRun[] = [];
  const sum = PackedSum.create();
  for (const { id: serviceId, cells } of await textsOf(database, request)) {
    const [lines, hex] = cells.split('|');
    const bytes = Buffer.from(hex, 'hex');
    let from = 0;
    let open: { run: number; at: number } | undefined;
    for (const line of lines.split(';')) {
      const [day, lead, recovery, quarters, oldest, counts] = line.split(' ');
      const leadEnd = from + Number(lead);
      const recoveryEnd = leadEnd + Number(recovery);
      const quartersEnd = recoveryEnd + Number(quarters);
      const run = request.runOf(serviceId, Number(day));
      if (run !== undefined) {
        if (open && open.run !== run) {
          found.push({ serviceId, at: open.at, cell: sum.take() });
          open = undefined;
        }
        open ??= { run, at: Number(day) * DAY_MS };
        sum.add({
          counts: countsOf(counts),
          bytes,
          from,
          leadEnd,
          recoveryEnd,
          quartersEnd,
          oldestOpenAt: oldest === '' ? undefined : Number(oldest),
        });
      }
      from = quartersEnd;
    }
    if (open) {
      found.push({ serviceId, at: open.at, cell: sum.take() });
    }
  }
  return found;
}

/**
 * All cells of a service as one text, looked up in the order of the primary
 * key: tens of thousands of rows with bytes in them take a driver longer than
 * all else about a scoreboard. A line each, then the bytes of all.
 */
async function textsOf(
  database: Knex,
  request: CellRunsRequest,
): Promise<{ id: string; cells: string }[]> {
  const bytes = ['lead_seconds', 'recovery_seconds', 'quarters'];
  const line = [
    'day',
    ...bytes.map(column => `length(${column})`),
    "coalesce(cast(oldest_open_at as text), '')",
    'counts',
  ].join(" || ' ' || ");
  const order = 'order by day, environment';
  const hex =
    database.client.config.client === 'pg'
      ? `encode(string_agg(${bytes.join(' || ')}, '' ${order}), 'hex')`
      : `string_agg(${bytes
          .map(column => `hex(${column})`)
          .join(' || ')}, '' ${order})`;
  const cells = database('delivery_cell')
    .whereRaw('?? = ??', ['delivery_cell.service_id', 'service.id'])
    .whereIn('delivery_cell.environment', request.environments)
    .where('delivery_cell.day', '>=', request.first)
    .where('delivery_cell.day', '<', request.end)
    .select(database.raw(`string_agg(${line}, ';' ${order}) || '|' || ${hex}`))
    .as('cells');
  const query = database('service').select('service.id', cells);
  if (request.serviceIds) {
    whereInList(query, { column: 'service.id', values: request.serviceIds });
  }
  const rows: { id: string; cells: string | null }[] = await query;
  return rows.flatMap(({ id, cells: text }) =>
    text === null ? [] : [{ id, cells: text }],
  );
}
