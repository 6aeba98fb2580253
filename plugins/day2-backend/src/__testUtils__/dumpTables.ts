import type { Knex } from 'knex';

// Per table: what differs between two runs that know the same.
const OWN: Record<string, string[]> = {
  change: ['hash'],
  change_subject: [],
  delivery: ['derived_from'],
  delivery_cell: [],
  deployment: ['hash'],
  deployment_commit: [],
  dirty_change: [],
  dirty_delivery_cell: [],
  dirty_sequence: [],
  git_commit: [],
  git_tag: [],
  hub_state: [],
  idempotency: ['at'],
  // A tie holds from the moment it was found.
  link: ['valid_from'],
  observation: ['seq', 'hash', 'withdrawn_at'],
  person: ['created_at'],
  person_alias: [],
  quarantine: ['at'],
  record_service: [],
  record_source: [],
  running: [],
  source_repository: [],
  source: [
    'holder',
    'epoch',
    'expires_at',
    'next_run_at',
    'last_attempt_at',
    'last_success_at',
  ],
  subject: [],
  timeline: [],
};

/**
 * Every row of the hub's tables as text, sorted, with persons by their
 * addresses: equal where two databases know the same.
 *
 * @param options - `without`: columns `table.column` that are not compared
 */
export async function dumpTables(
  database: Knex,
  options: { without?: string[] } = {},
): Promise<Record<string, string[]>> {
  const persons = new Map<string, string>();
  for (const { person_id, namespace, key } of await database(
    'person_alias',
  ).select('*')) {
    persons.set(person_id, `${namespace}:${key}`);
  }
  const dump: Record<string, string[]> = {};
  for (const [table, own] of Object.entries(OWN)) {
    const skip = new Set([
      ...own,
      ...(options.without ?? []).flatMap(name => {
        const [of, column] = name.split('.');
        return of === table ? [column] : [];
      }),
    ]);
    const rows: Record<string, unknown>[] = await database(table).select('*');
    dump[table] = rows
      .map(row =>
        JSON.stringify(
          Object.fromEntries(
            Object.entries(row)
              .filter(([column]) => !skip.has(column))
              .map(([column, value]) => [column, String(value)]),
          ),
        ).replace(/[0-9a-f]{32}/g, id => persons.get(id) ?? id),
      )
      .sort();
  }
  return dump;
}

/** Rows of one dump that the other has not, by table; empty where both are equal. */
export function differences(
  actual: Record<string, string[]>,
  expected: Record<string, string[]>,
): Record<string, { more: string[]; missing: string[] }> {
  const found: Record<string, { more: string[]; missing: string[] }> = {};
  for (const table of Object.keys(expected)) {
    const more = without(actual[table], expected[table]);
    const missing = without(expected[table], actual[table]);
    if (more.length > 0 || missing.length > 0) {
      found[table] = { more: more.slice(0, 3), missing: missing.slice(0, 3) };
    }
  }
  return found;
}

// Each row counts as often as it is there: a doubled row is a difference.
function without(rows: string[], others: string[]): string[] {
  const left = new Map<string, number>();
  others.forEach(row => left.set(row, (left.get(row) ?? 0) + 1));
  return rows.filter(row => {
    const n = left.get(row) ?? 0;
    left.set(row, n - 1);
    return n <= 0;
  });
}
