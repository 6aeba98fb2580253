/** What was measured of one route, in milliseconds. */
export interface Measured {
  name: string;
  /** The very first call. */
  cold: number;
  p50: number;
  p95: number;
  bytes: number;
}

/** Calls a route one after the other, whole answers read. */
export async function measure(options: {
  name: string;
  calls: number;
  url: (index: number) => string;
  authorization: string;
}): Promise<Measured> {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index <= options.calls; index += 1) {
    const began = performance.now();
    const response = await fetch(options.url(index), {
      headers: { authorization: options.authorization },
    });
    const body = await response.arrayBuffer();
    times.push(performance.now() - began);
    if (!response.ok) {
      throw new Error(
        `${options.url(index)}: ${response.status} ${Buffer.from(body)}`,
      );
    }
    bytes = Math.max(bytes, body.byteLength);
  }
  const [cold, ...warm] = times;
  const sorted = warm.sort((a, b) => a - b);
  // Nearest rank.
  const quantile = (p: number) => sorted[Math.ceil(p * sorted.length) - 1];
  return {
    name: options.name,
    cold,
    p50: quantile(0.5),
    p95: quantile(0.95),
    bytes,
  };
}

/** The table as Markdown, to be put into docs/benchmarks.md as it is. */
export function printTable(rows: Measured[]): void {
  console.log('\n| route | first ms | p50 ms | p95 ms | kB |');
  console.log('|---|--:|--:|--:|--:|');
  for (const row of rows) {
    const cells = [
      row.name,
      row.cold.toFixed(1),
      row.p50.toFixed(1),
      row.p95.toFixed(1),
      (row.bytes / 1000).toFixed(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
