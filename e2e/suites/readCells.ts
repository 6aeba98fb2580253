import type { Locator } from 'playwright-core';

/** The rows of a table: what each cell says, by its column. */
export async function readCells(
  table: Locator,
): Promise<Record<string, string>[]> {
  return await table.evaluate(element => {
    const heads = [...element.querySelectorAll('thead th')].map(
      head => head.textContent ?? '',
    );
    return [...element.querySelectorAll('tbody tr')].map(row =>
      Object.fromEntries(
        [...row.querySelectorAll('td')].map((cell, index) => [
          heads[index],
          cell.innerText.replace(/\n+/g, '\n').trim(),
        ]),
      ),
    );
  });
}
