import type { Locator } from 'playwright-core';

/** The rows of a table: the instant each begins with, and its words. */
export async function readRows(
  table: Locator,
): Promise<{ at: string; words: string }[]> {
  return await table.locator('tbody tr').evaluateAll(rows =>
    rows.map(row => ({
      at: row.querySelector('time')?.getAttribute('datetime') ?? '',
      words: (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
    })),
  );
}
