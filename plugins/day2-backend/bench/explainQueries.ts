import type { Knex } from 'knex';

/**
 * Shows by what each query of some work goes, and how long it takes: each read
 * from a large table has to go by an index.
 *
 * @param options - `work`: by name; what it asks of `database` is explained
 * @throws Error where a query reads a whole table of `large`
 */
export async function explainQueries(options: {
  database: Knex;
  work: Record<string, () => Promise<unknown>>;
  large: string[];
}): Promise<void> {
  const { database, work, large } = options;
  console.log('');
  for (const [name, run] of Object.entries(work)) {
    const asked: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const note = (query: (typeof asked)[0]) => asked.push(query);
    database.on('query', note);
    await run();
    database.removeListener('query', note);
    for (const { sql, bindings } of asked) {
      const plan = await database.raw(
        `explain (analyze, buffers, costs off) ${sql.replace(/\$\d+/g, '?')}`,
        bindings,
      );
      const lines: string[] = plan.rows.map(
        (row: Record<string, string>) => row['QUERY PLAN'],
      );
      const by = new Set(
        lines.flatMap(
          line =>
            /(?:Seq|Index|Index Only|Bitmap Index) Scan .*?on \S+/.exec(line) ??
            [],
        ),
      );
      const took = lines.find(line => line.startsWith('Execution Time'));
      console.log(`${name}: ${[...by].join('; ')}. ${took}`);
      const whole = large.find(table =>
        lines.some(line =>
          new RegExp(`Seq Scan on "?${table}"?( |$)`).test(line),
        ),
      );
      if (whole) {
        throw new Error(`${name} reads all of ${whole}:\n${lines.join('\n')}`);
      }
    }
  }
}
