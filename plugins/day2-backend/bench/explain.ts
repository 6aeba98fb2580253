import type { Knex } from 'knex';

const DAY_MS = 86_400_000;

/**
 * Whether the summary's and the timeline's queries go by an index: a
 * sequential scan of a large table ends the benchmark.
 */
export async function explain(options: {
  database: Knex;
  serviceId: string;
}): Promise<void> {
  const { database, serviceId } = options;
  const from = Date.now() - 14 * DAY_MS;
  const queries: Record<string, Knex.QueryBuilder> = {
    'environments of a service': database('deployment')
      .where('service_id', serviceId)
      .distinct('environment'),
    'newest of an environment': database('deployment')
      .where({ service_id: serviceId, environment: 'production' })
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(10),
    'deployments by day': database('deployment')
      .where({ service_id: serviceId, environment: 'production' })
      .where('finished_at', '>=', from)
      .groupByRaw('finished_at / 86400000')
      .count('*'),
    'timeline page': database('timeline')
      .where('service_id', serviceId)
      .where('at', '>=', from)
      .whereIn('environment', ['production', ''])
      .whereRaw('(at, id) < (?, ?)', [Date.now(), 'x'])
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(51),
    'changes by day': database('record_service')
      .join('change', 'change.id', 'record_service.record_id')
      .where('record_service.service_id', serviceId)
      .where('record_service.at', '>=', from)
      .countDistinct('record_service.record_id'),
  };
  console.log('');
  for (const [name, query] of Object.entries(queries)) {
    const { sql, bindings } = query.toSQL().toNative();
    const plan = await database.raw(
      `explain (analyze, costs off, summary off) ${sql.replace(/\$\d+/g, '?')}`,
      bindings as Knex.RawBinding[],
    );
    const lines: string[] = plan.rows.map(
      (row: Record<string, string>) => row['QUERY PLAN'],
    );
    const scan = lines.find(line => /Scan/.test(line))?.trim();
    console.log(`${name}: ${scan}`);
    if (
      lines.some(line =>
        /Seq Scan on (deployment|timeline|change|record_service)\b/.test(line),
      )
    ) {
      throw new Error(`${name} reads a whole table:\n${lines.join('\n')}`);
    }
  }
}
